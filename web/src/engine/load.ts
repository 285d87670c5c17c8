// Loads the wasm engine, once a page, wherever the script runs: browsers, Workers, Node.

import { initSync } from "./wasm/downhill.js";

/** Where the wasm comes from, when it is not the file beside the script. */
export interface LoadOptions {
  /** An address, a response under way, or the bytes themselves. */
  wasm?: URL | string | Response | BufferSource;
}

let loading: Promise<void> | undefined;

/** Loads the engine; further calls wait for the first. After a failure the next call tries again. */
export function load(options: LoadOptions = {}): Promise<void> {
  loading ??= instantiate(options.wasm ?? new URL("./downhill.wasm", import.meta.url)).catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function instantiate(source: URL | string | Response | BufferSource): Promise<void> {
  initSync({ module: await compile(source) });
}

async function compile(source: URL | string | Response | BufferSource): Promise<WebAssembly.Module> {
  if (source instanceof ArrayBuffer || ArrayBuffer.isView(source)) {
    return WebAssembly.compile(source);
  }
  if (source instanceof Response) {
    return compileResponse(source);
  }
  if (isFile(source)) {
    return WebAssembly.compile(await readFile(source));
  }
  return compileResponse(await fetch(source));
}

async function compileResponse(response: Response): Promise<WebAssembly.Module> {
  if (!response.ok) {
    throw new Error(`The engine could not be loaded: ${response.url} answered ${response.status}.`);
  }
  // A host that does not know the media type of wasm is no reason to fail: then the bytes are compiled after the download.
  if (response.headers.get("Content-Type")?.startsWith("application/wasm")) {
    return WebAssembly.compileStreaming(response);
  }
  return WebAssembly.compile(await response.arrayBuffer());
}

function isFile(source: URL | string): boolean {
  return String(source).startsWith("file:") && "process" in globalThis;
}

/** Reads a file in Node. The module's name is not written in the import, so that no bundler goes looking for it. */
async function readFile(source: URL | string): Promise<BufferSource> {
  const name = ["node", "fs/promises"].join(":");
  const files: { readFile(path: URL): Promise<Uint8Array<ArrayBuffer>> } = await import(/* @vite-ignore */ name);
  return files.readFile(new URL(source));
}
