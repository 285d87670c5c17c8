// The look of every widget, part by part. The order counts: a later part may narrow what an earlier one says.

import actions from "./actions.css";
import base from "./base.css";
import cards from "./cards.css";
import controls from "./controls.css";
import data from "./data.css";
import faces from "./faces.css";
import fields from "./fields.css";
import formula from "./formula.css";
import loading from "./loading.css";
import readout from "./readout.css";
import share from "./share.css";
import stages from "./stages.css";
import table from "./table.css";

export default [
  base,
  stages,
  readout,
  cards,
  controls,
  fields,
  faces,
  formula,
  data,
  actions,
  share,
  table,
  loading,
].join("\n");
