// The tables that come with the package: files of their own, which no page loads but for a widget that shows them.

import { engine } from "./engine.js";
import { DownhillError, reason } from "./error.js";

/** Where each is, by default beside this script. Written out in full, so that bundlers see the files and ship them. */
const FILES: Record<string, URL | string> = { ames: new URL("./ames.csv", import.meta.url) };

const coming = new Map<string, Promise<void>>();

/** Takes tables from elsewhere from now on. */
export function locate(files: Readonly<Record<string, URL | string>>): void {
  Object.assign(FILES, files);
}

/** Hands these tables to every scene that is made once this resolves. Each is fetched once; one that did not come may be asked for again. */
export async function provide(names: readonly string[]): Promise<void> {
  await Promise.all(names.map((name) => coming.get(name) ?? begin(name)));
}

function begin(name: string): Promise<void> {
  const table = load(name).catch((error: unknown) => {
    coming.delete(name);
    const message = `The table “${name}” could not be loaded: ${reason(error)}`;
    throw new DownhillError({ code: "E_LOAD", message }, { cause: error });
  });
  coming.set(name, table);
  return table;
}

async function load(name: string): Promise<void> {
  engine.provide(name, await textAt(FILES[name] ?? name));
}

/** The text at an address; rejects with the status as the cause where the server answers that there is none. */
export async function textAt(address: URL | string): Promise<string> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`, { cause: response.status });
  return response.text();
}

/** The status that a server answered {@link textAt} with, if it answered. */
export function answered(error: unknown): number | undefined {
  return error instanceof Error && typeof error.cause === "number" ? error.cause : undefined;
}
