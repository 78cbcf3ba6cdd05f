"use strict";
{
  const SCORE = RUN.score;
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const colour = (i) => css("--c" + (i % 6));
  const byId = (id) => document.getElementById(id);
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const tables = { steps: [], looks: [], epochs: [] };
  let weights = [];
  let state = {};
  let charts = [];
  const shown = new Set();

  byId("title").textContent = RUN.run;
  document.title = RUN.run;

  function short(value) {
    if (value === null || value === undefined) return "–";
    const size = Math.abs(value);
    if (size !== 0 && (size >= 1e6 || size < 1e-4)) return value.toExponential(2);
    return String(Number(value.toPrecision(5)));
  }

  function time(seconds) {
    if (seconds === null || seconds === undefined) return "–";
    const whole = Math.ceil(seconds);
    const two = (n) => String(n).padStart(2, "0");
    return whole < 3600
      ? Math.floor(whole / 60) + ":" + two(whole % 60)
      : Math.floor(whole / 3600) + ":" + two(Math.floor(whole / 60) % 60) + ":" + two(whole % 60);
  }

  const column = (rows, i) => rows.map((row) => row[i]);

  /** As many pixels as the labels of an axis take. */
  const roomFor = (_, labels) => Math.max(64, 22 + 7 * Math.max(0, ...(labels ?? []).map((label) => label.length)));

  /** Logarithmic where all values are positive and span more than two powers of ten. */
  function logarithmic(data) {
    let least = Infinity;
    let most = -Infinity;
    for (const values of data.slice(1)) {
      for (const value of values) {
        if (value === null || value === undefined) continue;
        if (value < least) least = value;
        if (value > most) most = value;
      }
    }
    return least > 0 && most > 100 * least;
  }

  /** Figures of several runs by epoch, on one axis. */
  function overlaid(own, watched) {
    const runs = [{ name: RUN.run, epochs: tables.epochs }];
    for (const other of RUN.others) if (shown.has(other.name)) runs.push(other);
    // Of a long run a row is the mean of several epochs: as many places as rows, however many epochs there are.
    const xs = [...new Set(runs.flatMap((run) => run.epochs.map((row) => row[0])))].sort((a, b) => a - b);
    const places = new Map(xs.map((x, i) => [x, i]));
    const data = [xs];
    const series = [];
    runs.forEach((run, i) => {
      [own, watched].forEach((at, kind) => {
        const line = new Array(xs.length).fill(null);
        let any = false;
        for (const row of run.epochs) {
          if (row[at] === null) continue;
          line[places.get(row[0])] = row[at];
          any = true;
        }
        if (!any && (kind === 1 || i > 0)) return;
        data.push(line);
        const name = (runs.length > 1 ? run.name + " " : "") + (kind ? "validation" : "training");
        series.push({ name, colour: runs.length > 1 ? i : kind, dashed: kind === 1 });
      });
    });
    return { data, series };
  }

  function byWeight(offset) {
    return {
      data: [column(tables.looks, 0), ...weights.map((_, i) => column(tables.looks, 2 + 3 * i + offset))],
      series: weights.map((name, i) => ({ name, colour: i, dashed: i >= 6 })),
    };
  }

  const SPECS = [
    { title: "loss", across: "step", get: () => ({ data: [column(tables.steps, 0), column(tables.steps, 1)], series: [{ name: "batch", colour: 0 }] }) },
    { title: "loss by epoch", across: "epoch", get: () => overlaid(1, 2) },
    { title: SCORE + " by epoch", across: "epoch", get: () => overlaid(3, 4) },
    { title: "learning rate", across: "step", fromZero: true, get: () => ({ data: [column(tables.looks, 0), column(tables.looks, 1)], series: [{ name: "rate", colour: 0 }] }) },
    { title: "gradient norm", across: "step", get: () => byWeight(0) },
    { title: "update norm", across: "step", get: () => byWeight(1) },
    { title: "update / weight", across: "step", get: () => byWeight(2) },
    { title: "samples a second", across: "step", get: () => ({ data: [column(tables.steps, 0), column(tables.steps, 2)], series: [{ name: "samples/s", colour: 2 }] }) },
  ];

  const HEIGHT = 260;

  function build(figure, spec, got, log) {
    const axis = { stroke: css("--ink"), grid: { stroke: css("--faint"), width: 1 }, ticks: { stroke: css("--faint"), width: 1 } };
    const box = figure.querySelector("div");
    box.replaceChildren();
    const plot = new uPlot(
      {
        width: Math.max(280, box.clientWidth),
        height: HEIGHT,
        padding: [null, 32, null, null],
        scales: { x: { time: false }, y: { distr: log ? 3 : 1, ...(spec.fromZero && !log ? { range: (_, least, most) => [0, most * 1.05 || 1] } : {}) } },
        axes: [{ ...axis, label: spec.across, labelSize: 18 }, { ...axis, size: roomFor, values: (_, ticks) => ticks.map((v) => (v === null ? "" : short(v))) }],
        series: [
          { label: spec.across },
          ...got.series.map((line) => ({
            label: line.name,
            stroke: colour(line.colour),
            width: 1.6,
            dash: line.dashed ? [6, 4] : undefined,
            points: { show: (plot) => plot.data[0].length < 40 },
            spanGaps: true,
            value: (_, v) => short(v),
          })),
        ],
      },
      got.data,
      box,
    );
    return { plot, key: JSON.stringify(got.series) + log };
  }

  function draw() {
    SPECS.forEach((spec, i) => {
      const got = spec.get();
      const log = logarithmic(got.data);
      const figure = byId("charts").children[i];
      const empty = got.data[0].length === 0 || got.series.length === 0;
      figure.hidden = empty;
      if (empty) return;
      const last = got.series.map((line, j) => {
        const values = got.data[j + 1].filter((v) => v !== null && v !== undefined);
        return line.name + " is at " + short(values[values.length - 1]);
      });
      figure.querySelector("div").setAttribute("aria-label", spec.title + " by " + spec.across + ": " + last.join(", "));
      const key = JSON.stringify(got.series) + log;
      if (!charts[i] || charts[i].key !== key) {
        if (charts[i]) charts[i].plot.destroy();
        charts[i] = build(figure, spec, got, log);
      } else {
        charts[i].plot.setData(got.data);
      }
    });
    // Columns become narrower when another chart has something to show.
    charts.forEach((chart, i) => {
      const wide = Math.max(280, byId("charts").children[i].querySelector("div").clientWidth);
      if (chart && chart.plot.width !== wide) chart.plot.setSize({ width: wide, height: HEIGHT });
    });
  }

  for (const spec of SPECS) {
    const figure = document.createElement("figure");
    const caption = document.createElement("figcaption");
    caption.textContent = spec.title;
    const box = document.createElement("div");
    box.setAttribute("role", "img");
    figure.append(caption, box);
    figure.hidden = true;
    byId("charts").append(figure);
  }

  function figures() {
    const all = [
      ["epoch", (state.epoch ?? "–") + " of " + (state.epochs ?? "–")],
      ["step", (state.step ?? 0).toLocaleString("en") + " of " + (state.steps ?? 0).toLocaleString("en")],
      ["loss", short(state.loss)],
      [SCORE, short(state.score)],
      ["learning rate", short(state.rate)],
      ["samples a second", state.samples_per_second ? Math.round(state.samples_per_second).toLocaleString("en") : "–"],
      ["time left", time(state.left)],
      ["parameters", (state.parameters ?? 0).toLocaleString("en")],
    ];
    const list = byId("figures");
    while (list.children.length < all.length) {
      const box = document.createElement("div");
      box.append(document.createElement("dt"), document.createElement("dd"));
      list.append(box);
    }
    all.forEach(([name, value], i) => {
      list.children[i].children[0].textContent = name;
      list.children[i].children[1].textContent = value;
    });
    byId("progress").textContent = state.state;
    byId("bar").value = state.steps ? (state.step ?? 0) / state.steps : 0;
    byId("note").textContent = state.stopping ? "stops after this step" : (state.note ?? "");
    const row = tables.looks[tables.looks.length - 1];
    const body = byId("weights").tBodies[0];
    while (body.rows.length < weights.length) {
      const line = body.insertRow();
      const head = document.createElement("th");
      head.scope = "row";
      line.append(head);
      for (let i = 0; i < 3; i++) line.insertCell();
    }
    weights.forEach((name, i) => {
      const cells = body.rows[i].cells;
      cells[0].textContent = name;
      for (let j = 0; j < 3; j++) cells[1 + j].textContent = row ? short(row[2 + 3 * i + j]) : "–";
    });
  }

  let spoken = 0;
  function speak(now) {
    if (now - spoken < 15000 && !String(state.state).startsWith("ended")) return;
    spoken = now;
    byId("spoken").textContent = state.state + ", epoch " + state.epoch + " of " + state.epochs + ", loss " + short(state.loss) + ", time left " + time(state.left);
  }

  for (const other of RUN.others) {
    const label = document.createElement("label");
    const box = document.createElement("input");
    box.type = "checkbox";
    box.addEventListener("change", () => {
      if (box.checked) shown.add(other.name);
      else shown.delete(other.name);
      draw();
    });
    label.append(box, " " + other.name);
    byId("others").append(label);
    byId("others").hidden = false;
  }

  function ask(what) {
    byId(what).disabled = true;
    fetch(what, { method: "POST" }).finally(() => {
      if (what === "save") setTimeout(() => { byId("save").disabled = ended; }, 1500);
    });
  }
  let ended = false;
  byId("save").addEventListener("click", () => ask("save"));
  byId("stop").addEventListener("click", () => ask("stop"));

  function end(text) {
    ended = true;
    byId("save").disabled = true;
    byId("stop").disabled = true;
    if (text) byId("progress").textContent = text;
  }

  const source = new EventSource("events");
  let due = false;
  source.onmessage = (event) => {
    const message = JSON.parse(event.data);
    state = message.state;
    weights = state.weights;
    for (const name of Object.keys(tables)) {
      const part = message[name];
      if (!part) continue;
      if (part.all) tables[name] = part.rows;
      else for (const row of part.rows) tables[name].push(row);
    }
    if (message.last) {
      source.close();
      end();
    }
    if (!due) {
      due = true;
      requestAnimationFrame(() => {
        due = false;
        figures();
        draw();
        speak(Date.now());
      });
    }
  };
  source.onerror = () => {
    if (!ended && source.readyState !== EventSource.OPEN) {
      source.close();
      end((state.state ?? "") + "; the training has gone");
    }
  };

  function again() {
    charts.forEach((chart) => chart && chart.plot.destroy());
    charts = [];
    draw();
  }
  dark.addEventListener("change", again);
  let width = innerWidth;
  addEventListener("resize", () => {
    if (innerWidth !== width) {
      width = innerWidth;
      again();
    }
  });
}
