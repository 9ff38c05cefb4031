// window.kernelglass: how other pages embed it, how the tests drive it. A contract: change nothing here lightly.
//   ready                  promise, fulfilled after the first frame; rejected with a sentence when it cannot run here
//   lessons()              [{slug, title}]
//   open(slug, params)     promise of the state of that lesson
//   state()                plain object of the current lesson's queries
//   do(verb, ...args)      promise of the new state; a refused verb rejects with Error(sentence) and changes nothing
//   verbs()                [{name, params, about}]
//   on("change", fn)       fn(state) after a frame in which something changed; returns a function that unsubscribes

export function createApi(engine, links, ready) {
  const state = () => engine.call({ op: "state" });
  return Object.freeze({
    ready,
    lessons: () => engine.call({ op: "lessons" }),
    verbs: () => engine.call({ op: "verbs" }),
    state,
    async open(slug, params = {}) {
      await ready;
      links.go(slug, params);
      return state();
    },
    async do(verb, ...args) {
      await ready;
      return engine.act(verb, args);
    },
    on(event, listener) {
      if (event !== "change") throw new Error(`There is no event "${event}"; there is "change".`);
      return engine.on("change", () => listener(state()));
    },
  });
}
