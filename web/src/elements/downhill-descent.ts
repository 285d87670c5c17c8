// <downhill-descent>: gradient descent on a curve.

import { widget } from "./widget.js";

export class DownhillDescent extends widget("descent") {}
