// node bench/generate-cluster.mjs FILE [--objects N] [--format json|yaml] [--seed N]
// Writes a believable cluster as `kubectl get ... -A -o json` would, or as a stream of YAML documents. The same
// arguments give the same bytes. Nothing is held in memory but the application that is being written.
import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { toYaml } from './to-yaml.mjs'

const WORDS =
  'cart checkout search catalog billing invoice mail media report auth session gateway worker importer audit price stock review feed login'.split(
    ' ',
  )
const TEAMS = 'shop payments data platform mobile ads growth risk search media'.split(' ')

/** Numbers from 0 up to 1 that depend on the seed alone (mulberry32). */
export function randomNumbers(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** The objects of a cluster, one after another, exactly `count` of them. */
export function* clusterObjects(count, seed = 1) {
  const random = randomNumbers(seed)
  const make = objectMaker(random)
  let made = 0
  const nodes = Math.max(3, Math.round(count / 700))
  const all = function* () {
    for (let node = 0; node < nodes; node += 1) yield make.node(node)
    for (let app = 0; ; app += 1) {
      const namespace = `${TEAMS[app % TEAMS.length]}-${Math.floor(app / 40)}`
      if (app % 40 < TEAMS.length) yield make.namespace(namespace)
      yield* make.application(app, namespace, nodes)
    }
  }
  for (const object of all()) {
    if (made >= count) return
    made += 1
    yield object
  }
}

function objectMaker(random) {
  const pick = (list) => list[Math.floor(random() * list.length)]
  const hex = (length) => Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('')
  const id = (length) =>
    Array.from({ length }, () => 'bcdfghjklmnpqrstvwxz2456789'[Math.floor(random() * 27)]).join('')
  const uid = () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`
  const time = () =>
    new Date(Date.UTC(2026, 5, 1) + Math.floor(random() * 1e10))
      .toISOString()
      .replace('.000', '')
      .replace(/\.\d+/, '')
  const meta = (name, namespace, more = {}) => ({
    ...(more.annotations === undefined ? {} : { annotations: more.annotations }),
    creationTimestamp: time(),
    ...(more.labels === undefined ? {} : { labels: more.labels }),
    name,
    ...(namespace === undefined ? {} : { namespace }),
    ...(more.owner === undefined ? {} : { ownerReferences: [more.owner] }),
    resourceVersion: String(Math.floor(random() * 1e9)),
    uid: uid(),
  })
  const ownedBy = (apiVersion, kind, owner) => ({
    apiVersion,
    blockOwnerDeletion: true,
    controller: true,
    kind,
    name: owner.metadata.name,
    uid: owner.metadata.uid,
  })

  function template(name, index, hardened) {
    const container = (suffix) => ({
      args: [
        '--listen=0.0.0.0:8080',
        `--log-level=${pick(['info', 'debug', 'warn'])}`,
        '--config=/etc/app/config.yaml',
      ],
      env: [
        { name: 'POD_NAME', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.name' } } },
        { name: 'DATABASE_HOST', value: `${name}-db.internal.example.com` },
        { name: 'DATABASE_PASSWORD', valueFrom: { secretKeyRef: { key: 'password', name: `${name}-db` } } },
        { name: 'FEATURES', value: 'fast-path,new-menu,audit-trail' },
      ],
      image: `registry.example.com/${pick(TEAMS)}/${name}${suffix}:1.${index % 30}.${index % 7}`,
      imagePullPolicy: 'IfNotPresent',
      livenessProbe: {
        failureThreshold: 3,
        httpGet: { path: '/healthz', port: 'http', scheme: 'HTTP' },
        initialDelaySeconds: 10,
        periodSeconds: 10,
        successThreshold: 1,
        timeoutSeconds: 1,
      },
      name: suffix === '' ? 'app' : `app${suffix}`,
      ports: [{ containerPort: 8080, name: 'http', protocol: 'TCP' }],
      readinessProbe: {
        failureThreshold: 3,
        httpGet: { path: '/ready', port: 'http', scheme: 'HTTP' },
        periodSeconds: 5,
        successThreshold: 1,
        timeoutSeconds: 1,
      },
      resources: { limits: { cpu: '500m', memory: '512Mi' }, requests: { cpu: '100m', memory: '256Mi' } },
      ...(hardened
        ? {
            securityContext: {
              allowPrivilegeEscalation: false,
              capabilities: { drop: ['ALL'] },
              readOnlyRootFilesystem: true,
              runAsNonRoot: true,
              seccompProfile: { type: 'RuntimeDefault' },
            },
          }
        : index % 50 === 3
          ? { securityContext: { privileged: true } }
          : {}),
      terminationMessagePath: '/dev/termination-log',
      terminationMessagePolicy: 'File',
      volumeMounts: [
        { mountPath: '/etc/app', name: 'config', readOnly: true },
        { mountPath: '/tmp', name: 'tmp' },
      ],
    })
    return {
      containers: index % 3 === 0 ? [container(''), container('-proxy')] : [container('')],
      dnsPolicy: 'ClusterFirst',
      restartPolicy: 'Always',
      schedulerName: 'default-scheduler',
      securityContext: hardened ? { fsGroup: 2000, runAsNonRoot: true, runAsUser: 1000 } : {},
      serviceAccount: name,
      serviceAccountName: name,
      terminationGracePeriodSeconds: 30,
      volumes: [
        { configMap: { defaultMode: 420, name }, name: 'config' },
        { emptyDir: {}, name: 'tmp' },
      ],
    }
  }

  function pod(replicaSet, spec, labels, node) {
    const token = `kube-api-access-${id(5)}`
    const mount = { mountPath: '/var/run/secrets/kubernetes.io/serviceaccount', name: token, readOnly: true }
    const started = time()
    const ip = `10.244.${Math.floor(random() * 255)}.${Math.floor(random() * 255)}`
    const hostIP = `192.168.${Math.floor(node / 250)}.${(node % 250) + 1}`
    return {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        ...meta(`${replicaSet.metadata.name}-${id(5)}`, replicaSet.metadata.namespace, {
          labels,
          owner: ownedBy('apps/v1', 'ReplicaSet', replicaSet),
        }),
        generateName: `${replicaSet.metadata.name}-`,
      },
      spec: {
        ...spec,
        containers: spec.containers.map((container) => ({
          ...container,
          volumeMounts: [...container.volumeMounts, mount],
        })),
        enableServiceLinks: true,
        nodeName: `node-${node}`,
        preemptionPolicy: 'PreemptLowerPriority',
        priority: 0,
        tolerations: ['not-ready', 'unreachable'].map((key) => ({
          effect: 'NoExecute',
          key: `node.kubernetes.io/${key}`,
          operator: 'Exists',
          tolerationSeconds: 300,
        })),
        volumes: [
          ...spec.volumes,
          {
            name: token,
            projected: {
              defaultMode: 420,
              sources: [
                { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
                { configMap: { items: [{ key: 'ca.crt', path: 'ca.crt' }], name: 'kube-root-ca.crt' } },
                {
                  downwardAPI: {
                    items: [
                      { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' }, path: 'namespace' },
                    ],
                  },
                },
              ],
            },
          },
        ],
      },
      status: {
        conditions: [
          'PodReadyToStartContainers',
          'Initialized',
          'Ready',
          'ContainersReady',
          'PodScheduled',
        ].map((type) => ({ lastProbeTime: null, lastTransitionTime: started, status: 'True', type })),
        containerStatuses: spec.containers.map((container) => ({
          containerID: `containerd://${hex(64)}`,
          image: container.image,
          imageID: `${container.image.split(':')[0]}@sha256:${hex(64)}`,
          lastState: {},
          name: container.name,
          ready: true,
          restartCount: 0,
          started: true,
          state: { running: { startedAt: started } },
        })),
        hostIP,
        hostIPs: [{ ip: hostIP }],
        phase: 'Running',
        podIP: ip,
        podIPs: [{ ip }],
        qosClass: 'Burstable',
        startTime: started,
      },
    }
  }

  return {
    node: (index) => ({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: meta(`node-${index}`, undefined, {
        labels: {
          'kubernetes.io/arch': 'amd64',
          'kubernetes.io/hostname': `node-${index}`,
          'kubernetes.io/os': 'linux',
        },
      }),
      spec: { podCIDR: `10.244.${index % 255}.0/24`, podCIDRs: [`10.244.${index % 255}.0/24`] },
      status: {
        capacity: { cpu: '16', memory: '65536000Ki', pods: '250' },
        nodeInfo: {
          architecture: 'amd64',
          containerRuntimeVersion: 'containerd://2.1.4',
          kubeletVersion: 'v1.36.2',
          operatingSystem: 'linux',
          osImage: 'Debian GNU/Linux 12 (bookworm)',
        },
      },
    }),
    namespace: (name) => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: meta(name, undefined, {
        labels: {
          'kubernetes.io/metadata.name': name,
          ...(random() < 0.5 ? { 'pod-security.kubernetes.io/enforce': 'baseline' } : {}),
        },
      }),
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Active' },
    }),
    *application(index, namespace, nodes) {
      const name = `${pick(WORDS)}-${index}`
      const labels = {
        'app.kubernetes.io/instance': name,
        'app.kubernetes.io/name': name.split('-')[0],
        'app.kubernetes.io/part-of': namespace,
      }
      const spec = template(name, index, random() < 0.6)
      const replicas = 1 + Math.floor(random() * 8)
      const hash = id(10)
      const podLabels = { ...labels, 'pod-template-hash': hash }
      yield { apiVersion: 'v1', kind: 'ServiceAccount', metadata: meta(name, namespace, { labels }) }
      yield {
        apiVersion: 'v1',
        data: {
          'config.yaml': `log: info\ncache:\n  size: ${index % 512}\n  ttl: 10m\nupstream: http://${name}.internal\n`,
        },
        kind: 'ConfigMap',
        metadata: meta(name, namespace, { labels }),
      }
      yield {
        apiVersion: 'v1',
        data: { password: Buffer.from(hex(24)).toString('base64') },
        kind: 'Secret',
        metadata: meta(`${name}-db`, namespace, { labels }),
        type: 'Opaque',
      }
      const deployment = {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: meta(name, namespace, {
          labels,
          annotations: { 'deployment.kubernetes.io/revision': '3' },
        }),
        spec: {
          progressDeadlineSeconds: 600,
          replicas,
          revisionHistoryLimit: 10,
          selector: { matchLabels: labels },
          strategy: { rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' }, type: 'RollingUpdate' },
          template: { metadata: { labels }, spec },
        },
        status: {
          availableReplicas: replicas,
          observedGeneration: 3,
          readyReplicas: replicas,
          replicas,
          updatedReplicas: replicas,
        },
      }
      yield deployment
      const replicaSet = {
        apiVersion: 'apps/v1',
        kind: 'ReplicaSet',
        metadata: meta(`${name}-${hash}`, namespace, {
          labels: podLabels,
          owner: ownedBy('apps/v1', 'Deployment', deployment),
        }),
        spec: {
          replicas,
          selector: { matchLabels: podLabels },
          template: { metadata: { labels: podLabels }, spec },
        },
        status: {
          availableReplicas: replicas,
          fullyLabeledReplicas: replicas,
          observedGeneration: 1,
          readyReplicas: replicas,
          replicas,
        },
      }
      yield replicaSet
      for (let replica = 0; replica < replicas; replica += 1)
        yield pod(replicaSet, spec, podLabels, Math.floor(random() * nodes))
      yield {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: meta(name, namespace, { labels }),
        spec: {
          clusterIP: `10.96.${index % 255}.${(index >> 8) % 255}`,
          ports: [{ name: 'http', port: 80, protocol: 'TCP', targetPort: 'http' }],
          selector: labels,
          sessionAffinity: 'None',
          type: random() < 0.03 ? 'LoadBalancer' : 'ClusterIP',
        },
        status: { loadBalancer: {} },
      }
      if (index % 4 === 0) {
        const wide = index % 60 === 0
        yield {
          apiVersion: 'rbac.authorization.k8s.io/v1',
          kind: 'Role',
          metadata: meta(name, namespace, { labels }),
          rules: [
            {
              apiGroups: [''],
              resources: wide ? ['*'] : ['configmaps', 'endpoints'],
              verbs: wide ? ['*'] : ['get', 'list', 'watch'],
            },
          ],
        }
        yield {
          apiVersion: 'rbac.authorization.k8s.io/v1',
          kind: 'RoleBinding',
          metadata: meta(name, namespace, { labels }),
          roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
          subjects: [{ kind: 'ServiceAccount', name, namespace }],
        }
      }
    },
  }
}

/** Writes the cluster to a file; the promise ends when it is on disk. */
export async function writeCluster(file, { objects = 100_000, format = 'json', seed = 1 } = {}) {
  const output = createWriteStream(file)
  const write = async (text) => {
    if (!output.write(text)) await once(output, 'drain')
  }
  if (format === 'json') await write('{\n    "apiVersion": "v1",\n    "items": [\n')
  let first = true
  for (const object of clusterObjects(objects, seed)) {
    if (format === 'yaml') await write(`${first ? '' : '---\n'}${toYaml(object)}`)
    else await write(`${first ? '' : ',\n'}${JSON.stringify(object, null, 4).replace(/^/gm, '        ')}`)
    first = false
  }
  if (format === 'json')
    await write('\n    ],\n    "kind": "List",\n    "metadata": {\n        "resourceVersion": ""\n    }\n}\n')
  output.end()
  await once(output, 'finish')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      objects: { type: 'string', default: '100000' },
      format: { type: 'string', default: 'json' },
      seed: { type: 'string', default: '1' },
    },
  })
  const [file] = positionals
  if (file === undefined || !['json', 'yaml'].includes(values.format)) {
    console.error('usage: node bench/generate-cluster.mjs FILE [--objects N] [--format json|yaml] [--seed N]')
    process.exit(2)
  }
  await writeCluster(file, {
    objects: Number(values.objects),
    format: values.format,
    seed: Number(values.seed),
  })
}
