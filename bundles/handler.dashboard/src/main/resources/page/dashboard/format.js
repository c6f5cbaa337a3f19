// How values are shown to people. Units come as UCUM codes.

const UNITS = {
  "1": "", "Cel": "°C", "[degF]": "°F", "K": "K", "deg": "°", "Ohm": "Ω", "mm[Hg]": "mmHg", "m[H2O]": "mH₂O",
  "[ppm]": "ppm", "u[IU]": "µIU", "m2": "m²", "m3": "m³", "m/s2": "m/s²", "g.m-3": "g/m³", "/min": "rpm", "[lb_av]": "lb", "W.h": "Wh", "kW.h": "kWh",
};
const BINARY = ["", "Ki", "Mi", "Gi", "Ti", "Pi"];
const METRIC = ["", "k", "M", "G", "T", "P"];
const SCALED = { "Hz": METRIC, "bit/s": METRIC, "bit": METRIC, "W": METRIC, "V": METRIC, "Pa": METRIC };
const LONG_SECONDS = 120;

const formats = new Map();

function number(value, digits, least = digits) {
  const key = `${digits} ${least}`;
  if (!formats.has(key)) {
    formats.set(key, new Intl.NumberFormat(undefined, { minimumFractionDigits: least, maximumFractionDigits: digits }));
  }
  return formats.get(key).format(value);
}

/** So many digits that a change can be seen and the text does not jump about. */
function decimal(value, least) {
  const size = Math.abs(value);
  if (size !== 0 && (size < 0.001 || size >= 1e9)) {
    return value.toExponential(2);
  }
  const digits = size >= 1000 ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : 3;
  return number(value, digits, Math.min(digits, least ?? digits));
}

function scaled(value, base, prefixes) {
  let step = 0;
  while (Math.abs(value) >= base && step < prefixes.length - 1) {
    value /= base;
    step++;
  }
  return [value, prefixes[step]];
}

function duration(seconds) {
  const whole = Math.floor(seconds);
  const days = Math.floor(whole / 86_400);
  const hours = Math.floor(whole / 3600) % 24;
  const minutes = Math.floor(whole / 60) % 60;
  if (days > 0) {
    return `${days} d ${hours} h`;
  }
  return hours > 0 ? `${hours} h ${minutes} min` : `${minutes} min ${whole % 60} s`;
}

/** Tells whether the values of a point can be drawn. */
export function isNumeric(point) {
  return point.type === "decimal" || point.type === "integer";
}

/** The unit as people write it. */
export function unitText(unit) {
  if (!unit) {
    return "";
  }
  if (unit in UNITS) {
    return UNITS[unit];
  }
  const plain = unit.replace(/\{[^}]*\}/g, "");
  return plain === "" ? unit.replace(/[{}]/g, "") : plain.replace("By", "B").replace(/^u(?=[A-Za-z])/, "µ");
}

/** Formats a value: [what to show, its unit]. */
export function format(point, value) {
  if (value === null || value === undefined) {
    return ["–", isNumeric(point) ? unitText(point.unit) : ""];
  }
  switch (point.type) {
    case "boolean":
      return [value ? "On" : "Off", ""];
    case "integer":
    case "decimal":
      return typeof value === "bigint" ? [number(value, 0), unitText(point.unit)] : numeric(point, value);
    case "bytes":
      return [hex(value), ""];
    default:
      return [String(value), ""];
  }
}

function numeric(point, value) {
  const unit = point.unit ?? "";
  if (unit.startsWith("By")) {
    const [amount, prefix] = scaled(value, 1024, BINARY);
    return [prefix ? decimal(amount) : number(amount, 0), `${prefix}B${unit.slice(2)}`];
  }
  if (unit in SCALED && Math.abs(value) >= 1000) {
    const [amount, prefix] = scaled(value, 1000, SCALED[unit]);
    return [decimal(amount, point.type === "integer" ? 0 : undefined), prefix + unitText(unit)];
  }
  if (unit === "s" && value >= LONG_SECONDS) {
    return [duration(value), ""];
  }
  return [point.type === "integer" ? number(value, 0) : decimal(value), unitText(unit)];
}

function hex(bytes) {
  const octets = [...bytes.subarray(0, 32)].map((octet) => octet.toString(16).padStart(2, "0"));
  return octets.join(" ") || "(empty)";
}
