// A moment as text: what a share link carries after its `#`.

/** Packs a state into characters that need no escaping in an address. */
export function encodeState(state: unknown): string {
  const bytes = new TextEncoder().encode(JSON.stringify(state));
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** Reads what `encodeState` wrote, or plain JSON. Throws `SyntaxError` for anything else. */
export function decodeState(text: string): unknown {
  if (text.trimStart().startsWith("{")) return JSON.parse(text);
  let binary: string;
  try {
    binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  } catch {
    throw new SyntaxError("This link is damaged.");
  }
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
}
