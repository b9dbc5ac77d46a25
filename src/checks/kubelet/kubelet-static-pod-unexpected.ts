import { defineCheck } from '../define-check.js'
import { kubernetesDocs } from '../references.js'
import { kubeletWith } from './example-kubelet.js'
import { unknown } from '../../model/index.js'
import { advice } from '../precondition.js'

/** Manifests that kubeadm, rke2 and kube-vip or a load balancer's guide put there. */
const EXPECTED = new Set(
  [
    'kube-apiserver',
    'kube-controller-manager',
    'kube-scheduler',
    'etcd',
    'kube-proxy',
    'cloud-controller-manager',
    'kube-vip',
    'haproxy',
    'keepalived',
    'nginx-proxy',
  ].flatMap((name) => [`${name}.yaml`, `${name}.yml`, `${name}.json`, `${name}.manifest`]),
)

export const kubeletStaticPodUnexpected = defineCheck({
  id: 'kubelet-static-pod-unexpected',
  title: 'A node runs static pods that its distribution does not make',
  severity: 'medium',
  because: 'static pods skip admission and are a known way to stay on a node; some are put there on purpose',
  reach: 'host',
  appliesTo: 'kubelet',
  why: 'A manifest in the static pod folder outlives the API server and is started with every right that it asks for.',
  references: [kubernetesDocs('tasks/configure-pod-container/static-pod/')],
  evaluate(kubelet, report) {
    const folder = kubelet.string('staticPodPath')
    if (!folder.known) return report.unknown(folder)
    if (folder.value === '') return
    if (kubelet.machine === undefined)
      return report.unknown(
        unknown('no-source', `the host with \`${folder.value}\` was not read`, folder.origin),
      )
    const inside = `${folder.value.replace(/\/+$/, '')}/`
    for (const file of kubelet.machine.files.values()) {
      const name = file.path.slice(inside.length)
      // Source: kubernetes v1.36.2 pkg/kubelet/config/file.go, extractFromDir: names that begin with a dot are skipped.
      if (
        !file.path.startsWith(inside) ||
        name === '' ||
        name.includes('/') ||
        name.startsWith('.') ||
        file.type !== 'file'
      )
        continue
      if (EXPECTED.has(name)) continue
      report.fail(
        {
          origin: { kind: 'file', host: kubelet.machine.name, file: file.path },
          message: `\`${file.path}\` is started by the kubelet`,
        },
        {
          message: 'static pods beside those of the control plane',
          fix: advice(
            'Find out who put the file there; remove it if nobody did, or run the pod as a DaemonSet that admission sees.',
          ),
        },
      )
    }
  },
  examples: {
    bad: kubeletWith('staticPodPath: /etc/kubernetes/manifests', '', {
      '/etc/kubernetes/manifests/agent.yaml': 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: agent\n',
    }),
    good: kubeletWith('staticPodPath: /etc/kubernetes/manifests'),
  },
})
