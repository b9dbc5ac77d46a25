import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { cis, nsa } from '../references.js'
import { etcdWith } from './example-etcd.js'
import { settingEvidence } from '../judge-setting.js'
import { listenersOf } from './listeners.js'

export const etcdListenAll = defineCheck({
  id: 'etcd-listen-all',
  title: 'etcd listens on every address of its host',
  severity: 'low',
  because: 'certificates still stand before it; on networks that have no business with it, it can be tried',
  reach: 'user',
  appliesTo: 'etcd',
  why: 'Only API servers and members have to reach etcd.',
  references: [cis('2.2'), nsa('network separation'), 'https://etcd.io/docs/v3.6/op-guide/security/'],
  evaluate(etcd, report) {
    for (const name of ['listen-client-urls', 'listen-peer-urls']) {
      const listeners = listenersOf(etcd, name)
      if (!listeners.known) report.unknown(listeners)
      else
        for (const { url, everywhere } of listeners.value)
          if (everywhere)
            report.fail(settingEvidence(etcd, name, listeners.origin), {
              message: `\`${name}\` has ${url}`,
              fix: advice(
                `Let \`${name}\` name the addresses on which API servers and members come, and 127.0.0.1.`,
                { breaks: 'who reaches etcd on another address' },
              ),
            })
    }
  },
  examples: { bad: etcdWith({ 'listen-client-urls': 'https://0.0.0.0:2379' }), good: etcdWith() },
})
