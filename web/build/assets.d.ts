// The bundler hands these files over as text.
declare module "*.css" {
  const text: string;
  export default text;
}
