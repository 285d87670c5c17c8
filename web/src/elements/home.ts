/** Where this script came from. On its own line: `new URL` with `import.meta.url` in it names a file that bundlers go looking for. */
export const HOME: string = import.meta.url;
