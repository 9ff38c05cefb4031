// Training in the page: verbs that take their time, and how much of a frame they take, with another thread and without.
//
// How long the page's own work of a frame takes is measured from outside: every animation frame's callback, and
// every task that runs until the next one.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { idxLabels, idxPictures } from "./support/files.mjs";
import { countAnswers, noComplaints, Site } from "./support/site.mjs";

let site;
let page;
before(async () => {
  site = await Site.open();
  page = await site.page({ before: `(${countAnswers})(); (${watchTasks})();` });
});
after(() => site?.close());

/** Runs in the page before its scripts: how long the callbacks of frames take, and the tasks between them. */
function watchTasks() {
  const frames = [];
  const spent = (task, self, given) => {
    const start = performance.now();
    task.apply(self, given);
    return performance.now() - start;
  };
  // A hidden page is given no frames: here they can be held back.
  const held = [];
  let holding = false;
  window.__holdFrames = (on) => {
    holding = on;
    if (!on) for (const callback of held.splice(0)) window.requestAnimationFrame(callback);
  };
  const frame = window.requestAnimationFrame;
  window.requestAnimationFrame = (callback) =>
    holding ? held.push(callback) :
    frame((time) => {
      const last = { time, drawing: 0, work: 0 };
      frames.push(last);
      last.drawing = spent(callback, window, [time]);
    });
  const works = (task) => function (...given) {
    const took = spent(() => task.apply(this, given), window, []);
    if (frames.length > 0) frames.at(-1).work += took;
  };
  const later = window.setTimeout;
  for (const target of [window, window.Worker?.prototype]) {
    const listen = target?.addEventListener;
    if (listen) target.addEventListener = function (kind, listener, ...rest) {
      listen.call(this, kind, kind === "message" ? works(listener) : listener, ...rest);
    };
  }
  window.setTimeout = (task, ...rest) => later.call(window, works(task), ...rest);
  Object.defineProperty(window, "__frames", { value: frames });
}

const fresh = (params = {}) => page.evaluate((given) => window.kernelglass.open("network", given), params);
const perform = (verb, ...args) => page.evaluate((name, list) => window.kernelglass.do(name, ...list), verb, args);

test("browser/training: train(n) is over when n batches are, and says so by its promise", async () => {
  await fresh({ digit: "3.3" });
  const early = await page.evaluate(async () => {
    const promise = window.kernelglass.do("train", 30);
    await new Promise((resolve) => setTimeout(resolve));
    const busy = window.kernelglass.state().busy;
    return { busy, state: await promise };
  });
  assert.equal(early.busy, true, "it is busy at first");
  assert.equal(early.state.busy, false);
  assert.equal(early.state.training.images_seen, 30 * 32);
  const two = await page.evaluate(async () => {
    const both = await Promise.all([window.kernelglass.do("train", 5), window.kernelglass.do("train", 7)]);
    return both.map((state) => state.training.updates);
  });
  assert.deepEqual(two.at(-1), 42, "those that wait come one after the other");
});

test("browser/training: held, reset or left, it keeps nobody waiting", async () => {
  for (const end of [["pause"], ["reset"], ["open"]]) {
    await fresh({ digit: "3.3" });
    const updates = await page.evaluate(async (verb) => {
      const promise = window.kernelglass.do("train", 100000);
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      await (verb === "open" ? window.kernelglass.open("pooling") : window.kernelglass.do(verb));
      return (await promise).training?.updates ?? 0;
    }, end[0]);
    assert.ok(updates < 100000, `${end}: ${updates}`);
  }
});

test("browser/training: what diverges rejects with the sentence", async () => {
  await fresh({ digit: "3.3" });
  await perform("set_learning_rate", 10);
  await perform("set_momentum", 0.99);
  await perform("set_l2", 1);
  const said = await page.evaluate(() => window.kernelglass.do("train", 2000).then(() => "", (error) => error.message));
  assert.match(said, /diverged/);
  const { prediction } = await page.evaluate(() => window.kernelglass.state());
  if (prediction.label === null) assert.deepEqual(prediction.probabilities, [], "no answer, and no number that is none");
  else for (const p of prediction.probabilities) assert.ok(Number.isFinite(p), `${p}`);
});

test("browser/training: weights go out as bytes and come in again", async () => {
  await fresh({ digit: "3.3" });
  const same = await page.evaluate(async () => {
    const glass = window.kernelglass;
    await glass.do("train", 20);
    const before = glass.state().prediction.probabilities;
    const file = await glass.do("save_weights");
    await glass.do("load_preset", "noise");
    const noise = glass.state().prediction.probabilities;
    await glass.do("load_weights", file);
    const after = glass.state().prediction.probabilities;
    return { bytes: file instanceof Uint8Array && file.length, before, noise, after };
  });
  assert.ok(same.bytes > 9098 * 4, `${same.bytes} bytes`);
  assert.deepEqual(same.after, same.before);
  assert.notDeepEqual(same.noise, same.before);
});

test("browser/training: evaluate() counts the loaded test set", async () => {
  await fresh({ digit: "3.3" });
  const count = 50;
  const images = [...idxPictures(count, 28, 28, (n, y, x) => (Math.abs(x - 10 - (n % 8)) < 2 && y > 4 && y < 24 ? 255 : 0))];
  const labels = [...idxLabels(new Array(count).fill(1))];
  const result = await page.evaluate(async (pictures, answers) => {
    await window.kernelglass.do("load_idx", Uint8Array.from(pictures).buffer, Uint8Array.from(answers).buffer, "test");
    return window.kernelglass.do("evaluate");
  }, images, labels);
  assert.equal(result.count, count);
  assert.equal(result.confusion.length, 10);
  assert.equal(result.confusion.flat().reduce((a, b) => a + b), count);
  assert.equal(result.confusion[1].reduce((a, b) => a + b), count);
  assert.equal(result.correct, result.confusion[1][1]);
  assert.equal(result.accuracy, result.correct / count);
});

/** Trains at full speed for some seconds; tells what that was like, and returns how long the page itself worked and drew, in seconds. */
async function fullSpeed(t, page) {
  await page.evaluate(() => window.kernelglass.open("network", { digit: "3.3" }));
  await page.evaluate(() => void window.kernelglass.do("train", 1));
  await page.waitForFunction(() => !window.kernelglass.state().busy, { timeout: 120_000 }); // The digits are made.
  const { seconds, images, frames, accuracy } = await page.evaluate(async () => {
    const glass = window.kernelglass;
    await glass.do("play");
    const settled = window.__frames.length + 100;
    while (window.__frames.length < settled) await new Promise((resolve) => setTimeout(resolve, 20)); // It finds its pace.
    const first = window.__frames.length;
    const before = glass.state().training.images_seen;
    const start = performance.now();
    await new Promise((resolve) => setTimeout(resolve, 4000));
    const done = glass.state().training.images_seen - before;
    const took = (performance.now() - start) / 1000;
    await glass.do("pause");
    const { validation_accuracy } = glass.state().training;
    return { seconds: took, images: done, frames: window.__frames.slice(first), accuracy: validation_accuracy };
  });
  const sorted = (list) => list.sort((a, b) => a - b);
  const at = (list, share) => list[Math.min(list.length - 1, Math.floor(list.length * share))];
  const told = (name, list) => t.diagnostic(`${name}: median ${at(list, 0.5).toFixed(1)} ms, p99 ${at(list, 0.99).toFixed(1)} ms`);
  told("from frame to frame", sorted(frames.slice(1).map((frame, i) => frame.time - frames[i].time)));
  told("drawing", sorted(frames.map((frame) => frame.drawing)));
  told("the page's own work per frame", sorted(frames.map((frame) => frame.drawing + frame.work)));
  const work = frames.reduce((sum, frame) => sum + frame.work, 0) / 1000;
  t.diagnostic(`${Math.round(images / seconds)} images a second; the page itself works ${Math.round((100 * work) / seconds)} % of the time`);
  t.diagnostic(`${Math.round(frames.length / seconds)} frames a second; validation accuracy ${accuracy} after ${images} images`);
  // How fast it is depends on the machine and on who else is at work there: that is told. What is asserted is that both went on.
  assert.ok(images > 0 && frames.length > 0, `${images} images in ${frames.length} frames`);
  return { work, drawing: frames.reduce((sum, frame) => sum + frame.drawing, 0) / 1000, seconds };
}

test("browser/training: at full speed another thread trains, and the page itself has far less to do than without one", async (t) => {
  const before = await page.evaluate(() => window.__answers);
  const shared = await fullSpeed(t, page);
  assert.ok((await page.evaluate(() => window.__answers)) > before, "the other thread has answered");
  const alone = await site.page({ before: `(${watchTasks})(); delete window.Worker;` });
  const all = await fullSpeed(t, alone);
  const share = ({ work, seconds }) => work / seconds;
  assert.ok(share(shared) < share(all) / 2, `of the time the page works ${share(shared)} with another thread, ${share(all)} without`);
  assert.ok(all.work > 2 * all.drawing, `${all.work} s of work beside ${all.drawing} s of drawing`);
  await noComplaints(alone);
  await alone.browserContext().close();
});

test("browser/training: the weights are the same bits, whoever has trained", async () => {
  const weights = async (page) =>
    page.evaluate(async () => {
      const glass = window.kernelglass;
      await glass.open("network", { digit: "3.3" });
      await glass.do("train", 150);
      await glass.do("set_learning_rate", 0.02);
      await glass.do("train", 150);
      return Array.from(await glass.do("save_weights"));
    });
  const alone = await site.page({ before: "delete window.Worker" });
  assert.deepEqual(await weights(page), await weights(alone));
  await alone.browserContext().close();
});

test("browser/training: from noise to over 97 % of its validation digits within 200 000 images", async (t) => {
  await fresh({ digit: "3.3", start: "4" });
  const most = 200_000;
  const { seconds, images, accuracy } = await page.evaluate(async (enough) => {
    const glass = window.kernelglass;
    const start = performance.now();
    await glass.do("play");
    let training;
    do {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      ({ training } = glass.state());
    } while (!(training.validation_accuracy > 0.97) && training.images_seen < enough);
    const seconds = (performance.now() - start) / 1000;
    await glass.do("pause");
    return { seconds, images: training.images_seen, accuracy: training.validation_accuracy };
  }, most);
  t.diagnostic(`${(100 * accuracy).toFixed(1)} % after ${images} images and ${seconds.toFixed(1)} seconds, the making of its digits among them`);
  assert.ok(accuracy > 0.97, `${accuracy} after ${images} images`);
});

test("browser/training: without frames, as in a hidden page, it rests, and goes on with them", async () => {
  await fresh({ digit: "3.3" });
  const seen = await page.evaluate(async () => {
    const glass = window.kernelglass;
    const done = () => glass.state().digits_made + glass.state().training.images_seen;
    const moments = (n) => new Promise((resolve) => (function next() { n-- > 0 ? setTimeout(next, 10) : resolve(); })());
    await glass.do("play");
    while (done() === 0) await moments(1);
    window.__holdFrames(true);
    await moments(60); // It waits a little for a frame that is late.
    const held = done();
    await moments(30);
    const still = done();
    window.__holdFrames(false);
    while (done() === still) await moments(1);
    await glass.do("pause");
    return { held, still };
  });
  assert.equal(seen.still, seen.held, "nothing was done while there were no frames");
});

test("browser/training: nothing complained", () => noComplaints(page));
