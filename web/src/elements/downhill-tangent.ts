// <downhill-tangent>: a point that can be dragged along a curve, with the slope it has there.

import { widget } from "./widget.js";

export class DownhillTangent extends widget("tangent") {}
