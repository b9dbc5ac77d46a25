import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Verdict } from '../../access/index.js'

/** What is counted. Counting is a plain addition; the text is made when somebody asks for it. */
export interface Metrics {
  decided(verdict: Verdict, milliseconds: number): void
  refused(): void
  reloaded(ok: boolean): void
  readonly contentType: string
  text(): Promise<string>
}

/** Metrics of one server, as Prometheus reads them. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  const counts: Record<Verdict, number> = { allow: 0, deny: 0, noOpinion: 0 }
  let bad = 0
  new Counter({
    name: 'rampart_authorizer_decisions_total',
    help: 'Decisions by answer.',
    labelNames: ['decision'],
    registers,
    collect() {
      this.reset()
      for (const [decision, count] of Object.entries(counts)) this.inc({ decision }, count)
    },
  })
  new Counter({
    name: 'rampart_authorizer_bad_requests_total',
    help: 'Requests that were no reviews.',
    registers,
    collect() {
      this.reset()
      this.inc(bad)
    },
  })
  const reloads = new Counter({
    name: 'rampart_authorizer_reloads_total',
    help: 'Reloads of the policy by outcome.',
    labelNames: ['outcome'],
    registers,
  })
  const stale = new Gauge({
    name: 'rampart_authorizer_policy_refused',
    help: '1 while the newest policy is refused and an older one decides.',
    registers,
  })
  const duration = new Histogram({
    name: 'rampart_authorizer_decision_seconds',
    help: 'Time to a decision, without the network.',
    buckets: [0.00001, 0.0001, 0.001, 0.01, 0.1],
    registers,
  })
  return {
    decided(verdict, milliseconds) {
      counts[verdict]++
      duration.observe(milliseconds / 1000)
    },
    refused() {
      bad++
    },
    reloaded(ok) {
      reloads.inc({ outcome: ok ? 'ok' : 'refused' })
      stale.set(ok ? 0 : 1)
    },
    contentType: registry.contentType,
    text: () => registry.metrics(),
  }
}
