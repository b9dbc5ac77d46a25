import { defineCheck } from '../define-check.js'
import { flagEvidence } from '../judge-flag.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { apiserversIn } from './siblings.js'
import { twoApiservers } from './example-two-apiservers.js'

export const apiserverGoaway = defineCheck({
  id: 'apiserver-goaway',
  title: 'Clients stay with one API server for ever',
  severity: 'info',
  because: 'only how the load is shared is concerned: after a restart one API server may carry all',
  reach: 'user',
  appliesTo: 'apiserver',
  why: 'Clients keep their connection. With several API servers behind a load balancer the first to come up serves nearly all of them; a small chance to be sent away spreads them again.',
  references: [kubernetesDocs('reference/command-line-tools-reference/kube-apiserver/')],
  evaluate(apiserver, report) {
    const chance = apiserver.number('goaway-chance')
    if (!chance.known) return report.unknown(chance)
    if (chance.value > 0) return
    if (apiserversIn(apiserver.estate).length < 2) {
      // Of a cluster that was read whole it is known that there is no second one.
      if (apiserver.index.complete) return
      return report.notApplicable(
        'one API server was read here; the chance counts where several stand behind a load balancer',
      )
    }
    report.fail(flagEvidence(apiserver, 'goaway-chance', chance.origin), {
      message: 'clients are never sent to another API server',
      fix: advice(
        'Set `--goaway-chance=0.001` on every API server, if a load balancer for connections (layer 4) stands before them.',
        {
          breaks: 'nothing: requests under way are finished',
        },
      ),
    })
  },
  examples: {
    bad: twoApiservers(['--goaway-chance=0']),
    good: twoApiservers(['--goaway-chance=0.001']),
  },
})
