// The map: Leaflet with plane coordinates in metres, so that its scale bar is
// right without any projection. All parcels are drawn on one canvas.
const nearZoom = -3.5; // from 11 m per pixel on, neighbours are told apart
const chosenColour = "#b3124f";

/** Light colours get a dark border, to stand out from a white ground. */
function border(colour, ink) {
  const part = (i) => Math.round(parseInt(colour.slice(i, i + 2), 16) * 0.55);
  return ink === "#ffffff" ? colour : `rgb(${part(1)},${part(3)},${part(5)})`;
}

function parcelStyle(parcel, near) {
  const c = data.classes[parcel.cls - 1];
  const { colour, ink } = c || { colour: "#bdbdbd", ink: "#000000" };
  // far away borders make small parcels visible, nearby they part neighbours
  return { fillColor: colour, fillOpacity: 1, color: near && ink === "#ffffff" ? ink : border(colour, ink),
           weight: near ? 1 : 0.8 };
}

function tooltipOf(parcel) {
  const name = parcel.cls ? data.classes[parcel.cls - 1].name : say("no_class");
  const parts = [name, number(parcel.score, 1), hectares(parcel.plantable)];
  return make("span", {}, make("strong", {}, isolate(parcel.id)), make("br"),
              say("tip", ...parts));
}

function addContext(map) {
  const legend = new Map();
  for (const territory of data.territories)
    for (const layer of territory.context) {
      const style = {
        interactive: false, pane: layer.below ? "below" : "above",
        renderer: layer.below ? map.belowCanvas : map.aboveCanvas,
        fill: layer.fill !== undefined, fillColor: layer.fill, fillOpacity: 1,
        stroke: layer.stroke !== undefined, color: layer.stroke,
        weight: Math.max(1, layer.width * 4), dashArray: layer.dash ? "6 4" : null };
      const points = unpack(layer.rings);
      (layer.closed ? L.polygon(points, style) : L.polyline(points, style)).addTo(map);
      if (layer.label) legend.set(layer.label, layer);
    }
  return legend;
}

function legendSample(layer) {
  const sample = draw("svg", { width: 30, height: 16, "aria-hidden": "true" });
  if (layer.fill)
    sample.append(draw("rect", { width: 30, height: 16, fill: layer.fill }));
  else
    sample.append(draw("line", { x1: 0, y1: 8, x2: 30, y2: 8, stroke: layer.stroke,
                                 "stroke-width": Math.max(1, layer.width * 4),
                                 "stroke-dasharray": layer.dash ? "6 4" : null }));
  return sample;
}

function addControl(map, position, element) {
  const control = L.control({ position });
  control.onAdd = () => {
    L.DomEvent.disableClickPropagation(element);
    return element;
  };
  control.addTo(map);
}

function northArrow() {
  return make("div", { class: "north" }, draw("svg", { width: 22, height: 26, "aria-hidden": "true" },
    draw("path", { d: "M11 0 L20 25 L11 19 L2 25 Z", fill: "#1c2622", stroke: "#ffffff" })),
    make("div", {}, say("north")));
}

function boundsOf(list) {
  const bounds = L.latLngBounds([]);
  for (const parcel of list) bounds.extend(parcel.place.getBounds());
  return bounds;
}

function extentOf(territories) {
  const bounds = L.latLngBounds([]);
  for (const t of territories) {
    const [x0, y0, x1, y1] = t.extent;
    bounds.extend([[y0, x0], [y1, x1]]);
  }
  return bounds;
}

/** Shows a box; `deepest`: the nearest zoom for it. */
function look(map, bounds, deepest) {
  if (bounds.isValid())
    map.fitBounds(bounds, { padding: [24, 24], maxZoom: deepest, animate: !calm });
}

function startMap() {
  const box = document.getElementById("map");
  const map = L.map(box, {
    crs: L.CRS.Simple, preferCanvas: true, attributionControl: false, zoomControl: false,
    minZoom: -9, maxZoom: 3, zoomSnap: 0.25, zoomDelta: 1, wheelPxPerZoomLevel: 90,
    zoomAnimation: !calm, fadeAnimation: !calm, inertia: !calm });
  box.setAttribute("role", "application");
  box.setAttribute("aria-label", say("map_label"));
  map.createPane("below").style.zIndex = 390;
  map.createPane("above").style.zIndex = 410;
  map.getPane("above").style.pointerEvents = "none";
  map.belowCanvas = L.canvas({ pane: "below" });
  map.aboveCanvas = L.canvas({ pane: "above" });
  map.fitBounds(extentOf(data.territories.length ? data.territories : [{ extent: [0, 0, 1, 1] }]),
                { animate: false });
  L.control.zoom({ zoomInTitle: say("zoom_in"), zoomOutTitle: say("zoom_out") }).addTo(map);
  L.control.scale({ imperial: false, maxWidth: 160 }).addTo(map);
  addControl(map, "topright", northArrow());
  addControl(map, "topleft", make("button", {
    type: "button", class: "button map-button",
    onclick: () => look(map, boundsOf(state.shown), 0) }, say("see_all")));
  showLegend(addContext(map));
  drawParcels(map);
  return map;
}

function showLegend(legend) {
  const box = document.getElementById("context-legend");
  for (const [label, layer] of legend)
    box.querySelector("ul").append(make("li", {}, legendSample(layer), label));
  box.hidden = legend.size === 0;
}

/** Outlines parcels, hidden ones too, and nothing else. */
function mark(map, list) {
  const line = { interactive: false, fill: false, renderer: map.aboveCanvas, pane: "above" };
  const thin = list.length > 20 ? 0.5 : 1;
  map.marks.clearLayers();
  for (const [color, weight] of [["#ffffff", 7 * thin], [chosenColour, 3.5 * thin]])
    for (const parcel of list)
      L.polygon(parcel.place.getLatLngs(), { ...line, color, weight }).addTo(map.marks);
}

function drawParcels(map) {
  let near = map.getZoom() >= nearZoom;
  const group = L.featureGroup();
  map.marks = L.layerGroup().addTo(map);
  // the best parcels last, so that they are drawn on top
  for (let i = parcels.length - 1; i >= 0; i--) {
    const parcel = parcels[i];
    parcel.place = L.polygon(unpack(parcel.rings), parcelStyle(parcel, near));
    parcel.place.parcel = parcel;
    parcel.rings = null;
    group.addLayer(parcel.place);
  }
  group.addTo(map);
  group.bindTooltip((place) => tooltipOf(place.parcel), { sticky: true });
  group.on("click", (event) => choose((event.layer || event.propagatedFrom).parcel));
  map.on("zoomend", () => {
    if (near === map.getZoom() >= nearZoom) return;
    near = !near;
    for (const parcel of parcels) parcel.place.setStyle(parcelStyle(parcel, near));
  });
  listen("shown", () => {
    const shown = new Set(state.shown);
    for (const parcel of parcels) {
      const visible = shown.has(parcel);
      if (visible === parcel.place.options.interactive) continue;
      parcel.place.setStyle({ stroke: visible, fill: visible, interactive: visible });
    }
  });
  listen("chosen", () => {
    mark(map, state.chosen ? [state.chosen] : []);
    if (!state.chosen) return;
    const bounds = state.chosen.place.getBounds();
    const size = map.project(bounds.getNorthEast()).distanceTo(map.project(bounds.getSouthWest()));
    if (!map.getBounds().contains(bounds) || size < 30) look(map, bounds.pad(1.5), -1);
  });
}

/** The map as one picture, with scale bar and north. */
function mapPicture(map) {
  const box = map.getContainer().getBoundingClientRect();
  const picture = make("canvas", { width: 2 * box.width, height: 2 * box.height });
  const pen = picture.getContext("2d");
  pen.scale(2, 2);
  pen.fillStyle = "#e4e9e6";
  pen.fillRect(0, 0, box.width, box.height);
  for (const pane of ["below", "overlayPane", "above"]) {
    const canvas = map.getPane(pane).querySelector("canvas");
    if (!canvas) continue;
    const at = canvas.getBoundingClientRect();
    pen.drawImage(canvas, at.left - box.left, at.top - box.top, at.width, at.height);
  }
  const bar = map.getContainer().querySelector(".leaflet-control-scale-line");
  const length = bar.offsetWidth, low = box.height - 14;
  pen.fillStyle = "#ffffff";
  pen.fillRect(6, low - 24, length + 12, 32);
  pen.fillRect(box.width - 44, 6, 38, 50);
  pen.fillStyle = pen.strokeStyle = "#1c2622";
  pen.lineWidth = 2;
  pen.stroke(new Path2D(`M12 ${low - 6} V${low} H${12 + length} V${low - 6}`));
  pen.font = "13px sans-serif";
  pen.fillText(bar.textContent, 17, low - 6);
  pen.fill(new Path2D(`M${box.width - 25} 10 l8 24 l-8 -6 l-8 6 Z`));
  pen.fillText(say("north"), box.width - 30, 51);
  return picture.toDataURL();
}

/** The browser lays the page out anew for paper, and would leave the map's
 * canvases empty there: a picture stands in for them. */
function fitOnPaper(map) {
  const picture = make("img", { class: "on-paper", alt: say("map_label") });
  map.getContainer().after(picture);
  window.addEventListener("beforeprint", () => { picture.src = mapPicture(map); });
  window.addEventListener("afterprint", () => document.body.classList.remove("one-card"));
}
