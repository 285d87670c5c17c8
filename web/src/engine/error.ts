// The one class of error that programs see.

/** The plain data of an error; offsets are UTF-16 units into the text that could not be read. */
export interface DownhillErrorData {
  code: string;
  message: string;
  hint?: string;
  start?: number;
  end?: number;
}

/** What every call of this package throws. `code` is stable; `message` is for people. */
export class DownhillError extends Error implements DownhillErrorData {
  override readonly name = "DownhillError";
  readonly code: string;
  declare readonly hint?: string;
  declare readonly start?: number;
  declare readonly end?: number;

  constructor({ code, message, hint, start, end }: DownhillErrorData, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    // Absent rather than undefined, so that a printed error shows only what is known.
    if (hint !== undefined) this.hint = hint;
    if (start !== undefined) this.start = start;
    if (end !== undefined) this.end = end;
  }

  toJSON(): DownhillErrorData {
    const { code, message, hint, start, end } = this;
    return {
      code,
      message,
      ...(hint !== undefined && { hint }),
      ...(start !== undefined && { start }),
      ...(end !== undefined && { end }),
    };
  }
}

/** Whether the engine threw this on purpose: an `Error` named `DownhillError` with a `code`. */
export function isRefusal(error: unknown): error is DownhillErrorData {
  return error instanceof Error && error.name === "DownhillError" && "code" in error;
}

/** What went wrong, in words. */
export function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
