import { defineCheck } from '../define-check.js'
import { cis, kubernetesDocs } from '../references.js'
import { controllerManagerWith } from './example-controller-manager.js'
import { judgeFlag } from '../judge-flag.js'
import { advice } from '../precondition.js'
import type { Fact } from '../../model/index.js'

/** Keys of the controller manager for other things. */
const OTHER_KEYS = [
  'tls-private-key-file',
  'cluster-signing-key-file',
  'cluster-signing-kube-apiserver-client-key-file',
  'cluster-signing-kubelet-client-key-file',
  'cluster-signing-kubelet-serving-key-file',
  'cluster-signing-legacy-unknown-key-file',
]

function isSame(fact: Fact<string>, path: string): boolean {
  return fact.known && fact.value === path
}

export const controllerManagerServiceAccountKey = defineCheck({
  id: 'controller-manager-service-account-key',
  title: 'Tokens of service accounts have no signing key of their own',
  severity: 'medium',
  because:
    'where the key is shared, whoever gets the one has the other: tokens of any service account can be made',
  reach: 'host',
  appliesTo: 'controller-manager',
  why: 'The key of --service-account-private-key-file signs tokens of service accounts. It should sign nothing else, so that it can be changed on its own and its loss is the loss of one thing.',
  references: [
    cis('1.3.4'),
    kubernetesDocs('reference/command-line-tools-reference/kube-controller-manager/'),
  ],
  evaluate(manager, report) {
    const flag = 'service-account-private-key-file'
    judgeFlag(manager, report, flag, manager.string(flag), (path) => {
      if (path === '') {
        return {
          message: 'no key is set: tokens in Secrets are not signed',
          fix: advice(
            `Set --${flag} to a private key that nothing else uses, whose public half is in --service-account-key-file of every API server.`,
          ),
        }
      }
      const other = OTHER_KEYS.find((name) => isSame(manager.string(name), path))
      if (other === undefined) return undefined
      return {
        message: `\`${path}\` is the key of \`--${other}\` too`,
        fix: advice(
          'Make a key for tokens alone, add its public half to --service-account-key-file of every API server, and only then change the private one.',
          {
            breaks: 'tokens that the old key signed end when its public half is taken out',
          },
        ),
      }
    })
  },
  examples: {
    bad: controllerManagerWith(['--v=2']),
    good: controllerManagerWith(['--service-account-private-key-file=/etc/kubernetes/pki/sa.key']),
  },
})
