// Draws every [data-chart] from the JSON beside it. The table of the same numbers stays on the page.

const TONES = ["primary-60", "success-50", "warning-40", "secondary-70", "point-50", "gray-50"];

let library = null;

/** Load Chart.js once, and only on pages that have a chart. */
function load(address) {
  library ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => resolve(window.Chart);
    script.onerror = () => reject(new Error(`chart library missing: ${address}`));
    document.head.append(script);
  });
  return library;
}

function colour(place) {
  const name = `--krds-color-light-${TONES[place % TONES.length]}`;
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** From the second series on, bars are hatched: no series is told by colour alone. */
function fill(place) {
  const base = colour(place);
  if (place === 0) return base;
  const tile = document.createElement("canvas");
  tile.width = tile.height = 8;
  const pen = tile.getContext("2d");
  pen.fillStyle = base;
  pen.fillRect(0, 0, 8, 8);
  pen.strokeStyle = "rgba(255, 255, 255, 0.75)";
  pen.lineWidth = 1.5;
  pen.beginPath();
  const lines = [[[0, 8], [8, 0]], [[0, 0], [8, 8]], [[0, 4], [8, 4]], [[4, 0], [4, 8]]];
  const [from, to] = lines[(place - 1) % lines.length];
  pen.moveTo(...from);
  pen.lineTo(...to);
  pen.stroke();
  return pen.createPattern(tile, "repeat");
}

function dataset(series, place, kind) {
  const line = kind === "line";
  return {
    label: series.label,
    data: series.values,
    backgroundColor: line ? colour(place) : fill(place),
    borderColor: colour(place),
    borderWidth: line ? 2.5 : 0,
    borderDash: line && place ? [4 + 3 * place, 4] : [],
    pointStyle: ["circle", "rect", "triangle", "rectRot", "cross"][place % 5],
    borderRadius: line ? 0 : 3,
    maxBarThickness: 40,
  };
}

function options(data) {
  const sideways = data.kind === "hbar";
  const stacked = data.kind === "stacked";
  const value = { beginAtZero: true, stacked, title: { display: Boolean(data.unit), text: data.unit }, ticks: { precision: 0 } };
  const label = { stacked, grid: { display: false } };
  return {
    indexAxis: sideways ? "y" : "x",
    animation: false,
    responsive: true,
    maintainAspectRatio: false,
    scales: sideways ? { x: value, y: label } : { x: label, y: value },
    plugins: {
      legend: { display: data.series.length > 1, position: "bottom", labels: { usePointStyle: data.kind === "line" } },
      tooltip: { callbacks: { label: (item) => `${item.dataset.label}: ${item.formattedValue}${data.unit ? ` ${data.unit}` : ""}` } },
    },
  };
}

async function draw(place) {
  const Chart = await load(place.dataset.library);
  const data = JSON.parse(document.getElementById(place.dataset.chart).textContent);
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  Chart.defaults.font.size = 13;
  Chart.defaults.color = getComputedStyle(document.body).color;
  place.hidden = false;
  new Chart(place.querySelector("canvas"), {
    type: data.kind === "line" ? "line" : "bar",
    data: { labels: data.labels, datasets: data.series.map((series, at) => dataset(series, at, data.kind)) },
    options: options(data),
  });
  place.parentElement.querySelector(".chart-data").open = false;
}

/** Draw the charts inside `root` that are not drawn yet. */
export function drawCharts(root) {
  for (const place of root.querySelectorAll("[data-chart][hidden]")) {
    draw(place).catch((error) => console.error(error));
  }
}
