// `downhill`: defines every element. Loading this script is all that a page does.

export { init } from "./core.js";
