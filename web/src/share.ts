// A moment as text: what a share link carries after its `#`.

/** Packs a state into characters that need no escaping in an address. */
export function encodeState(state: unknown): string {
  const bytes = new TextEncoder().encode(JSON.stringify(state));
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** Reads what `encodeState` wrote, or plain JSON, also as chats and mails pass them on. Throws `SyntaxError` for anything else. */
export function decodeState(text: string): unknown {
  const plain = unescaped(text.trim());
  if (plain.startsWith("{")) return JSON.parse(plain);
  try {
    const binary = atob(plain.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new SyntaxError("This link is damaged.");
  }
}

/** With the percent signs that some programs put into addresses taken out again. JSON may hold percent signs of its own. */
function unescaped(text: string): string {
  if (text.startsWith("{") || !text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
