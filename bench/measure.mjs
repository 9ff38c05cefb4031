// Time: contenders take turns, because machines are noisy and only numbers of one run mean anything together. A turn is as
// many calls as the clock needs (browsers round it to 0.1 ms); what counts is the time per call, turn by turn.

async function turn(job, calls) {
  job.before_turn?.();
  const start = performance.now();
  if (job.asynchronous) {
    for (let call = 0; call < calls; ++call) await job.run();
  } else {
    for (let call = 0; call < calls; ++call) job.run();
  }
  return (performance.now() - start) / calls;
}

// How many calls make a turn; on the way the machine warms up (V8 makes a function fast only after many calls).
async function calibrate(job, { turn_ms, warm_ms }) {
  let calls = 1, spent = 0;
  for (;;) {
    const ms = (await turn(job, calls)) * calls;
    spent += ms;
    if (ms >= turn_ms && spent >= warm_ms) return { calls, ms };
    if (ms < turn_ms) calls = Math.max(calls + 1, Math.min(4 * calls, Math.ceil((1.2 * calls * turn_ms) / Math.max(ms, 0.01))));
  }
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}

async function planned_run(job, pace) {
  if (job.first_ms > pace.most_ms) return { job, turns: 0, times: [job.first_ms] };
  const { calls, ms } = await calibrate(job, pace);
  return { job, calls, turns: Math.min(pace.turns, Math.max(3, Math.floor(pace.most_ms / ms))), times: [] };
}

/**
 * Times every job: `{run, asynchronous?, before_turn?, first_ms?}`. `pace` is `{turns, turn_ms, warm_ms, most_ms}`: a job
 * whose turns would take longer than most_ms in all gets fewer of them, spread evenly over the others', but at least three;
 * and none if its first call (`first_ms`) has taken longer than most_ms, then that has to do. Returns `{median_ms, min_ms}`
 * for each.
 */
export async function measure(jobs, pace) {
  const runs = [];
  for (const job of jobs) runs.push(await planned_run(job, pace));
  for (let k = 0; k < pace.turns; ++k) {
    for (const { job, calls, turns, times } of runs) {
      const due = Math.floor(((k + 1) * turns) / pace.turns);
      if (due > times.length) times.push(await turn(job, calls));
    }
  }
  return runs.map(({ times }) => ({ median_ms: median(times), min_ms: Math.min(...times) }));
}
