// window.kernelglass: how other pages embed it, how the tests drive it. A contract: change nothing here lightly.
//   ready                  promise, fulfilled after the first frame; rejected with a sentence when it cannot run here
//   lessons()              [{slug, title}]
//   open(slug, params)     promise of the state of that lesson
//   state()                plain object of the current lesson's queries
//   do(verb, ...args)      promise of the new state; a refused verb rejects with Error(sentence) and changes nothing.
//                          A verb that takes its time (train, evaluate) fulfils it when it is over, or held, or another lesson is
//                          opened; until then state().busy holds. It rejects if the work fails. What a verb answers stands among the
//                          state's keys; one that answers with bytes (save_weights) gives a Uint8Array instead.
//   verbs()                [{name, params, about}]
//   on("change", fn)       fn(state) after a frame in which something changed; returns a function that unsubscribes

//   The state's quiz and tasks count what this browser remembers of the learner.

export function createApi({ engine, links, progress, ready }) {
  const complete = (state) => ({
    ...state,
    tasks: state.tasks.map(({ id, done }) => ({ id, done: done || progress.isDone(state.slug, id) })),
    quiz: progress.quiz(state.slug),
  });
  const state = () => complete(engine.call({ op: "state" }));
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
      const { state, value } = await engine.perform(verb, args);
      return value instanceof Uint8Array ? value : { ...complete(state), ...value };
    },
    on(event, listener) {
      if (event !== "change") throw new Error(`There is no event "${event}"; there is "change".`);
      return engine.on("change", () => listener(state()));
    },
  });
}
