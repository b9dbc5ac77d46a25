import { unknown, type Host, type HostFile, type Origin } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { cis, kubernetesDocs } from '../references.js'
import { hostWith } from './example-files.js'
import { isCopy, ofCopies } from '../report-unseen.js'
import { runsControlPlane } from '../runs-control-plane.js'

const PATH = '/etc/kubernetes/super-admin.conf'

export const fileSuperAdmin = defineCheck({
  id: 'file-super-admin',
  title: 'super-admin.conf is on a host that does not need it',
  severity: 'high',
  because:
    'it is a certificate of system:masters: no authorizer is asked about it, and it cannot be taken back',
  reach: 'host',
  appliesTo: 'host',
  why: 'kubeadm makes super-admin.conf on the first control-plane node, for the day on which RBAC is broken. Each copy is one more place to steal it from.',
  references: [
    cis('1.1.13'),
    cis('1.1.14'),
    kubernetesDocs('setup/production-environment/tools/kubeadm/create-cluster-kubeadm/'),
  ],
  evaluate({ host, estate }, report) {
    const file = host.files.get(PATH)
    if (file === undefined) {
      if (host.distribution !== 'kubeadm') report.notApplicable(`${PATH} is a file of kubeadm`)
      else if (isCopy(host)) report.unknown(unknown('no-source', ofCopies(host)))
      return
    }
    const others = estate.hosts.filter(
      (each) => each !== host && each.files.has(PATH) && runsControlPlane(each),
    )
    const reason = !runsControlPlane(host)
      ? 'this host runs no control plane'
      : others.some((each) => isEarlier(each, host))
        ? `the first of it is on ${others.find((each) => isEarlier(each, host))?.name ?? 'another host'}`
        : undefined
    if (reason === undefined) return
    report.fail(
      { origin: originOf(host, file), key: PATH, message: `\`${PATH}\` is on ${host.name}: ${reason}` },
      {
        message: `\`${PATH}\` is here, and ${reason}`,
        fix: advice(
          `Move ${PATH} off ${host.name} to a safe that few people can open; where it may have been read, a new certificate authority is the only way to take it back.`,
        ),
      },
    )
  },
  examples: {
    bad: hostWith({ [PATH]: { text: '', mode: 0o600 } }, ['/usr/bin/kubelet']),
    good: hostWith({ [PATH]: { text: '', mode: 0o600 } }, ['/usr/bin/kubelet', '/usr/bin/kube-apiserver']),
  },
})

/** kubeadm writes the file once, on the node that it makes first. */
function isEarlier(left: Host, right: Host): boolean {
  const [of, than] = [left, right].map((host) => host.files.get(PATH)?.modified)
  return of === undefined || than === undefined || of === than ? left.name < right.name : of < than
}

function originOf(host: Host, { mode, uid, gid }: HostFile): Origin {
  return mode === undefined
    ? { kind: 'file', host: host.name, file: PATH }
    : { kind: 'stat', host: host.name, file: PATH, mode, uid: uid ?? 0, gid: gid ?? 0 }
}
