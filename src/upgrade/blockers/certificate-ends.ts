import { certificateFacts } from '../../pki/index.js'
import type { Host, HostFile } from '../../model/index.js'
import type { Blocker, BlockerCheck } from './blocker.js'

/** Upgrades of fleets take days; what ends within this time may end in the middle. */
const WITHIN_DAYS = 30
const DAY = 86_400

/** Certificates that end before the upgrade is over, or have ended. */
export const certificateEnds: BlockerCheck = {
  id: 'certificate-ends',
  title: 'A certificate ends while the upgrade runs',
  find({ estate, inventory, now }) {
    const references = ['https://kubernetes.io/docs/tasks/administer-cluster/kubeadm/kubeadm-certs/']
    // Manifests alone have no nodes.
    if (estate.hosts.length === 0 && inventory.nodes.length === 0) return []
    if (estate.hosts.length === 0) {
      return [
        {
          check: certificateEnds.id,
          level: 'unknown',
          subject: { kind: 'cluster' },
          message: 'certificates stand on the nodes, and no host was read',
          fix: 'on each control-plane node: `kubeadm certs check-expiration`; or read hosts with --host-root',
          references,
        },
      ]
    }
    return estate.hosts.flatMap((host) =>
      [...host.files.values()].flatMap((file) => endings(host, file, now / 1000, references)),
    )
  },
}

const PLACES = /^\/(?:etc\/kubernetes|var\/lib\/kubelet\/pki|etc\/etcd|etc\/ssl\/etcd)\//
const DATA = /client-certificate-data:\s{0,20}["']?([A-Za-z0-9+/]{40,100000}={0,2})/g
/** Earlier certificates of a kubelet stay beside the one in use. */
const ROTATED = /\/kubelet-(?:client|server)-\d{4}-[\w.-]+\.pem$/

function endings(host: Host, file: HostFile, now: number, references: readonly string[]): Blocker[] {
  const { path, text = '' } = file
  if (!PLACES.test(path) || ROTATED.test(path)) return []
  const inside = [...text.matchAll(DATA)].map(([, data = '']) =>
    Buffer.from(data, 'base64').toString('latin1'),
  )
  return [text, ...inside].flatMap(certificateFacts).flatMap(({ notAfter, subject, ca }): Blocker[] => {
    if (notAfter > now + WITHIN_DAYS * DAY) return []
    const day = new Date(notAfter * 1000).toISOString().slice(0, 10)
    const isOver = notAfter <= now
    return [
      {
        check: certificateEnds.id,
        level: isOver || ca ? 'blocks' : 'warns',
        subject: { kind: 'node', node: host.name },
        message: `the ${ca ? 'authority' : 'certificate'} \`${subject}\` ${isOver ? 'ended' : 'ends'} on ${day}`,
        fix: ca
          ? 'kubeadm renews no authority: make a new one and bring it to every node before the upgrade'
          : isOver
            ? '`kubeadm certs renew all`, then restart the control plane: kubeadm cannot reach the API server with it'
            : '`kubeadm upgrade` renews it on control-plane nodes (unless --certificate-renewal=false); elsewhere renew it first',
        evidence: path,
        references,
      },
    ]
  })
}
