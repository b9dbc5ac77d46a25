import { apiserversOf, type ComponentView } from '../../effective/index.js'
import { unknown, type Fact, type Origin } from '../../model/index.js'
import { certificatesOf, clientChainsTo, subjectOf } from '../../pki/index.js'
import { defineCheck, type ComponentSubject, type Report } from '../define-check.js'
import { settingEvidence } from '../judge-setting.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { CLUSTER_CA, KUBELETS_CA, NARROW_CLIENT } from './example-certificates.js'
import { BINDING, hostWith } from './example-kubelet-client.js'
import { missingRights } from './rights-on-kubelet.js'

const CA = 'authentication.x509.clientCAFile'
const FLAG = 'kubelet-client-certificate'

interface TextOf {
  readonly path: string
  readonly text: string
  readonly origin: Origin
}

/** The text of the file that a setting names; undefined where it names none. */
function textOf(
  component: ComponentView,
  fact: Fact<string>,
  read: (path: string) => string | undefined,
): Fact<TextOf | undefined> {
  if (!fact.known) return fact
  const { value: path, origin } = fact
  if (path === '') return { known: true, value: undefined, origin }
  const text = read(path)
  if (text === undefined)
    return unknown(
      'no-source',
      `\`${path}\` of ${component.config.component} on ${component.host} was not read`,
      origin,
    )
  return { known: true, value: { path, text, origin }, origin }
}

/** Whether this kubelet takes the certificate of an API server, and what that identity may do here. */
function judgeClient(kubelet: ComponentSubject, ca: TextOf, apiserver: ComponentView, report: Report): void {
  const read = (path: string): string | undefined => apiserver.file?.(path)?.text
  const client = textOf(apiserver, apiserver.string(FLAG), read)
  if (!client.known) return report.unknown(client)
  if (client.value === undefined)
    return report.notApplicable(`the API server on ${apiserver.host} has no certificate for kubelets`)
  const { path, text, origin } = client.value
  const [certificate] = certificatesOf(text)
  if (certificate === undefined)
    return report.unknown(unknown('unparsable', `\`${path}\` holds no certificate`, origin))
  if (!clientChainsTo(text, ca.text)) {
    report.fail(
      [
        settingEvidence(kubelet, CA, ca.origin),
        {
          origin,
          key: `--${FLAG}`,
          message: `\`${path}\` is not signed for clients by \`${ca.path}\` of the kubelet`,
        },
      ],
      {
        message: `the kubelet does not accept the certificate of the API server on ${apiserver.host}: logs, exec and port-forward end`,
        fix: advice(`Put the CA that signed ${path} into ${ca.path} of the node, then restart the kubelet.`),
      },
    )
  }
  judgeAuthority(kubelet, ca, apiserver, report)
  judgeRights(kubelet, { ...subjectOf(certificate), origin, path }, report)
}

/** A CA that signs users too lets every one of them in by the front door; what they may do then is the authorizer's. */
function judgeAuthority(
  kubelet: ComponentSubject,
  ca: TextOf,
  apiserver: ComponentView,
  report: Report,
): void {
  const read = (path: string): string | undefined => apiserver.file?.(path)?.text
  const users = textOf(apiserver, apiserver.string('client-ca-file'), read)
  if (!users.known) return report.unknown(users)
  const trusted = new Set(certificatesOf(users.value?.text ?? '').map((each) => each.fingerprint256))
  if (!certificatesOf(ca.text).some((each) => trusted.has(each.fingerprint256))) return
  report.fail(settingEvidence(kubelet, CA, ca.origin), {
    severity: 'info',
    because: 'the authorizer of the kubelet still decides what they may do; kubeadm and others install it so',
    message:
      'its client CA is that of the whole cluster: every client certificate of the cluster is known to the kubelet',
    fix: advice(
      'Sign the certificate of --kubelet-client-certificate with a CA of its own, add that CA to the client CA file of every kubelet, and take the cluster CA out when all API servers use the new certificate.',
      { breaks: 'agents that reach kubelets with a client certificate of the cluster' },
    ),
  })
}

function judgeRights(
  kubelet: ComponentSubject,
  who: {
    readonly user: string
    readonly groups: readonly string[]
    readonly origin: Origin
    readonly path: string
  },
  report: Report,
): void {
  const mode = kubelet.string('authorization.mode')
  if (!mode.known) return report.unknown(mode)
  if (mode.value !== 'Webhook') return
  const { missing, sure } = missingRights(kubelet.index, who)
  if (missing.length === 0) return
  const rights = missing.map(({ verb, subresource }) => `${verb} nodes/${subresource}`).join(', ')
  if (!sure) {
    return report.unknown(
      unknown(
        'no-source',
        `whether \`${who.user}\` has ${rights}: not all roles and bindings of the cluster were read`,
        who.origin,
      ),
    )
  }
  report.fail(
    { origin: who.origin, key: 'rights', message: `\`${who.user}\` of \`${who.path}\` lacks ${rights}` },
    {
      message: `the API server's identity \`${who.user}\` has no right to ${missing.map(({ what }) => what).join(', ')} at kubelets`,
      fix: {
        ...advice(`Bind ClusterRole system:kubelet-api-admin to User ${who.user}.`),
        commands: [
          `kubectl create clusterrolebinding kube-apiserver-kubelet-client --clusterrole=system:kubelet-api-admin --user=${JSON.stringify(who.user)}`,
        ],
      },
    },
  )
}

export const kubeletApiserverClient = defineCheck({
  id: 'kubelet-apiserver-client',
  title: 'Kubelet and API server do not know one another as they should',
  severity: 'medium',
  because: 'logs, exec and metrics end; advice where all works and more than the API server is let in',
  reach: 'user',
  appliesTo: 'kubelet',
  why: 'The API server shows a kubelet a client certificate; the kubelet checks it against its client CA and asks whether that name may use nodes/proxy and the like. Each of the three can be wrong on its own, and a CA that signs users too makes the kubelet know all of them.',
  references: [
    kubernetesDocs('reference/access-authn-authz/kubelet-authn-authz/'),
    kubernetesDocs('setup/best-practices/certificates/'),
  ],
  evaluate(kubelet, report) {
    const ca = textOf(kubelet, kubelet.string(CA), (path) => kubelet.machine?.files.get(path)?.text)
    if (!ca.known) return report.unknown(ca)
    if (ca.value === undefined) return report.notApplicable('the kubelet has no client CA')
    const apiservers = apiserversOf(kubelet.estate)
    if (apiservers.length === 0)
      report.unknown(unknown('no-source', 'no API server was read here', ca.origin))
    for (const apiserver of apiservers) {
      if (apiserver.managedBy !== undefined)
        report.notApplicable(`${apiserver.managedBy} runs kube-apiserver`)
      else if (apiserver.unseen !== undefined) report.unknown(apiserver.unseen)
      else judgeClient(kubelet, ca.value, apiserver, report)
    }
  },
  examples: {
    bad: hostWith({ users: CLUSTER_CA, kubelet: CLUSTER_CA, client: NARROW_CLIENT }, BINDING),
    good: hostWith({ users: CLUSTER_CA, kubelet: KUBELETS_CA, client: NARROW_CLIENT }, BINDING),
  },
})
