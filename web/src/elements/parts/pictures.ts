// Pictures and files of what a widget shows.

/** A stage as it stands on the page. */
export interface Picture {
  /** Which stage of the scene. */
  index: number;
  canvases: HTMLCanvasElement[];
  box: HTMLElement;
}

interface Place {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Where each stage stands, from the corner of the smallest rectangle around them all, and how large that is. */
function arrange(pictures: Picture[]): { places: Place[]; width: number; height: number } {
  const boxes = pictures.map(({ box }) => box.getBoundingClientRect());
  const left = Math.min(...boxes.map((box) => box.left));
  const top = Math.min(...boxes.map((box) => box.top));
  const places = boxes.map((box) => ({
    left: box.left - left,
    top: box.top - top,
    width: box.width,
    height: box.height,
  }));
  return {
    places,
    width: Math.max(...places.map((place) => place.left + place.width)),
    height: Math.max(...places.map((place) => place.top + place.height)),
  };
}

/** The stages as one SVG document, side by side as on the page. */
export function wholeSvg(pictures: Picture[], stage: (index: number) => string): string {
  const [first, ...rest] = pictures;
  if (!first) return "";
  if (rest.length === 0) return stage(first.index);
  const { places, width, height } = arrange(pictures);
  const parts = places.map(
    ({ left, top }, i) => `<g transform="translate(${left} ${top})">${stage(pictures[i]?.index ?? 0)}</g>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${parts.join("")}</svg>`;
}

/** The stages on one canvas, at the sharpness they have on this screen or twice their size, whichever is finer. */
export function wholeCanvas(pictures: Picture[], ground: string): HTMLCanvasElement {
  const { places, width, height } = arrange(pictures);
  const scale = Math.max(2, devicePixelRatio);
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const context = canvas.getContext("2d");
  if (!context) return canvas;
  context.scale(scale, scale);
  context.fillStyle = ground;
  context.fillRect(0, 0, width, height);
  pictures.forEach(({ canvases }, index) => {
    const place = places[index];
    if (!place) return;
    for (const layer of canvases) context.drawImage(layer, place.left, place.top, place.width, place.height);
  });
  return canvas;
}

/** Whether files may be saved from here: a sandboxed frame may forbid it. Nobody can say of a frame that another host's page has around it. */
export function maySave(): boolean | undefined {
  try {
    for (let view: Window = window; view !== view.parent; view = view.parent) {
      const frame = view.frameElement;
      if (!frame) return undefined;
      const sandbox = frame.getAttribute("sandbox");
      if (sandbox !== null && !/(^|\s)allow-downloads(\s|$)/i.test(sandbox)) return false;
    }
    return true;
  } catch {
    // A page of another host further up.
    return undefined;
  }
}

/** Hands a file to the learner's browser. */
export function save(name: string, contents: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(contents);
  link.download = name;
  link.click();
  // The download has begun by then; the memory of the copy can go.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
