import releases from '../../../data/kubernetes-releases.json' with { type: 'json' }
import { CLUSTER_INFO } from './plan-api-server-files.js'
import { PLACES } from './plan-places.js'
import type { SetupRequest } from './plan-request.js'
import { argumentsAreList, authenticationApi } from './plan-versions.js'

/** What is left open, and why no configuration of kubeadm closes it. */
export interface Remainder {
  readonly what: string
  readonly why: string
}

export function remainders({ minor, joinBy, topology }: SetupRequest): readonly Remainder[] {
  const release = releases.releases.find((each) => each.minor === `1.${minor}`)
  const over = release !== undefined && release.endOfLife < releases.asOf
  return [
    ...(over
      ? [
          {
            what: `Kubernetes 1.${minor} gets no fixes since ${release.endOfLife}`,
            why: `as of ${releases.asOf}; a newer minor is the only cure`,
          },
        ]
      : []),
    ...(authenticationApi(minor) === undefined
      ? [
          {
            what: 'the API server answers requests without a credential, as far as RBAC gives them rights',
            why: `1.${minor} cannot limit them to paths (from 1.32 on it can), and its probes carry none`,
          },
        ]
      : []),
    ...(joinBy === 'token' && authenticationApi(minor) !== undefined
      ? [
          {
            what: `the API server answers at ${CLUSTER_INFO} without a credential`,
            why: 'kubeadm join by a token reads it; take the line out when the machines have joined, or use --join file',
          },
        ]
      : []),
    {
      what: '/var/lib/kubelet/config.yaml and kubeadm-flags.env are readable by every user of the host',
      why: 'kubeadm writes them 0644 at each init, join and upgrade; chmod 600 after it (they hold no secret)',
    },
    {
      what: '/etc/kubernetes/super-admin.conf lies on the first node',
      why: 'kubeadm init makes it; its certificate passes every check of RBAC. Move it to a safe',
    },
    {
      what: 'the key that encrypts Secrets lies on the hosts that it protects',
      why: 'a KMS plug-in would keep it elsewhere; kubeadm brings none',
    },
    {
      what: 'the container runtime, the network plug-in, network policies, labels of namespaces',
      why: 'kubeadm does not configure them; rampart audit judges them',
    },
    ...(topology === 'external'
      ? [
          {
            what: 'etcd on its own machines',
            why: 'kubeadm does not configure it; run rampart audit --host there',
          },
        ]
      : []),
  ]
}

/** What to do with the files, in order, as Markdown. */
export function setupSteps(request: SetupRequest): string {
  const { version, minor, topology, joinBy, endpoint } = request
  const several = topology !== 'single'
  const init = `${PLACES.kubeadm}/init.yaml`
  const steps = [
    `On ${several ? 'each control-plane node' : 'the control-plane node'}, as root, copy the files: \`cp -a etc/. /etc/\`. The folder holds keys: nobody else may read it, and the copy you carry is removed afterwards. Workers need \`etc/sysctl.d/90-kubelet.conf\` and \`${PLACES.kubeadm}/join-worker.yaml\` alone.`,
    'On every node: `sysctl --system`.',
    ...(topology === 'external'
      ? [
          `Copy the CA and the client certificate of etcd to ${PLACES.pki} on each control-plane node: etcd/ca.crt, apiserver-etcd-client.crt, apiserver-etcd-client.key.`,
        ]
      : []),
    ...(several ? [`Point the load balancer at the first node: ${endpoint} must reach its port 6443.`] : []),
    `On the first node, with kubeadm ${version}: \`kubeadm config validate --config ${init}\`, then \`kubeadm init --config ${init}${several ? ' --upload-certs' : ''}\`.`,
    ...(joinBy === 'file'
      ? [
          `Make the discovery file on the first node: \`kubectl --kubeconfig /etc/kubernetes/admin.conf -n kube-public get configmap cluster-info -o jsonpath='{.data.kubeconfig}' > ${PLACES.discovery}\`, and copy it to the same place on each machine that joins.`,
        ]
      : [
          `Put the hash that kubeadm init prints (\`sha256:...\`) into ${several ? 'join-control-plane.yaml and ' : ''}join-worker.yaml in place of the zeros.`,
        ]),
    'Install a network plug-in, and label its namespace if it is not kube-system.',
    ...(several
      ? [
          `On each further control-plane node, one after another: \`kubeadm join --config ${PLACES.kubeadm}/join-control-plane.yaml\`.`,
        ]
      : []),
    `On each worker: \`kubeadm join --config ${PLACES.kubeadm}/join-worker.yaml\`.`,
    'Approve the serving certificates of the kubelets, each after a look at who asks for which names: `kubectl get csr`, `kubectl certificate approve NAME`. Until then logs and exec fail.',
    ...(joinBy === 'token' && authenticationApi(minor) !== undefined
      ? [
          `When all have joined: take ${CLUSTER_INFO} out of ${PLACES.hardening}/authentication.yaml on each control-plane node and restart its API server (move its manifest out of /etc/kubernetes/manifests, and back once the container is gone).`,
        ]
      : []),
    'Delete the token: `kubeadm token delete ID`, with the part before the dot.',
    `Remove what is not needed any more: /etc/kubernetes/super-admin.conf to a safe, ${PLACES.kubeadm}/init.yaml and join-*.yaml (they hold the token${several ? ' and the certificate key' : ''}).`,
    'On every node: `chmod 600 /var/lib/kubelet/config.yaml /var/lib/kubelet/kubeadm-flags.env`.',
    'See what is left: `rampart audit --host`, and `rampart audit --context NAME`.',
  ]
  const upgrade = argumentsAreList(minor)
    ? `kubeadm upgrade apply --config ${PLACES.kubeadm}/upgrade.yaml VERSION`
    : `kubeadm upgrade apply --patches ${PLACES.patches} VERSION`
  return [
    `# A hardened control plane of Kubernetes ${version}`,
    '',
    ...steps.map((step, index) => `${index + 1}. ${step}`),
    '',
    '## At each upgrade',
    '',
    `kubeadm writes the manifests again from what the cluster stores (ConfigMap kube-system/kubeadm-config), flags and volumes included; the patches are named again: \`${upgrade}\`, on the other nodes \`kubeadm upgrade node\` likewise.`,
    '',
    '## What stays open',
    '',
    ...remainders(request).map(({ what, why }) => `- ${what}: ${why}.`),
    '',
  ].join('\n')
}
