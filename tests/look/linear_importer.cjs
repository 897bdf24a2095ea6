// Prints what the importer of Linear (@linear/import, its class LinearCsvImporter) reads from a CSV file.
// node linear_importer.cjs NODE_MODULES FILE.csv
const fs = require("fs");
const path = require("path");
const [modules, file] = process.argv.slice(2);
const source = fs.readFileSync(path.join(modules, "@linear", "import", "dist", "cli.cjs"), "utf8");
const region = (name) => {
  const start = source.indexOf(`//#region ${name}`);
  if (start < 0) throw new Error(`${name} is not in this release of @linear/import`);
  return source.slice(start, source.indexOf("//#endregion", start));
};
const csvtojson = { default: require(path.join(modules, "csvtojson")) };
const make = new Function(
  "csvtojson",
  `${region("src/utils/parseInt.ts")}\n${region("src/importers/linearCsv/LinearCsvImporter.ts")}\nreturn LinearCsvImporter;`,
);
const Importer = make(csvtojson);
new Importer(file).import().then((result) => console.log(JSON.stringify(result)));
