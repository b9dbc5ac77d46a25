import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'

/** A secret and the place it was planted at. */
export interface PlantedSecret {
  readonly place: string
  readonly value: string
}

/**
 * Writes an estate with 40 secrets in every place where one may be to `dir` and returns them. Each is also the
 * cause or neighbour of a finding, so that its line is close to what a report shows.
 */
export function plantSecrets(dir: string): PlantedSecret[] {
  const planted: PlantedSecret[] = []
  const plant = (place: string, form: (id: string) => string = (id) => `plant-${id}-s3cr3t`): string => {
    const value = form(String(planted.length + 1).padStart(2, '0'))
    planted.push({ place, value })
    return value
  }
  const base64 = (text: string): string => Buffer.from(text).toString('base64')
  const write = (file: string, text: string): void => {
    const target = path.join(dir, file)
    mkdirSync(path.dirname(target), { recursive: true })
    writeFileSync(target, text)
  }
  write('secrets.yaml', secretDocuments(plant, base64))
  write('workloads.yaml', workloadDocuments(plant))
  write('configmaps.yaml', configMapDocuments(plant))
  write('export.json', JSON.stringify(exportList(plant, base64), null, 2))
  writeHost(plant, base64, write)
  return planted
}

type Plant = (place: string, form?: (id: string) => string) => string
type Base64 = (text: string) => string

function secretDocuments(plant: Plant, base64: Base64): string {
  return `apiVersion: v1
kind: Secret
metadata:
  name: db
  namespace: shop
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: '{"stringData":{"password":"${plant('Secret last-applied annotation')}"}}'
    acme.example/rotated-from: ${plant('Secret annotation')}
data:
  password: ${base64(plant('Secret data'))}
  url: ${base64(plant('Secret data url', (id) => `postgres://app:plant-${id}-pw@db/shop`))}
stringData:
  token: ${plant('Secret stringData')}
  multi: |
    first line
    ${plant('Secret stringData, block')}
---
apiVersion: v1
kind: Secret
metadata:
  name: deployer-token
  namespace: ci
  annotations:
    kubernetes.io/service-account.name: deployer
type: kubernetes.io/service-account-token
data:
  token: ${base64(plant('token Secret'))}
---
apiVersion: v1
kind: Secret
metadata:
  name: sh.helm.release.v1.web.v1
  namespace: shop
type: helm.sh/release.v1
data:
  release: ${helmRelease(plant('Helm values'), plant('Helm manifest'), base64)}
---
apiVersion: v1
kind: Secret
metadata:
  name: pull
  namespace: shop
type: kubernetes.io/dockerconfigjson
data:
  .dockerconfigjson: ${base64(JSON.stringify({ auths: { 'registry.example': { auth: base64(`ci:${plant('pull Secret')}`) } } }))}
`
}

function helmRelease(value: string, inManifest: string, base64: Base64): string {
  const release = {
    name: 'web',
    config: { adminPassword: value },
    manifest: `apiVersion: v1\nkind: Secret\nmetadata:\n  name: web\nstringData:\n  key: ${inManifest}\n`,
  }
  // Helm stores base64 of gzip of JSON, and the API encodes Secret data once more.
  return base64(gzipSync(JSON.stringify(release)).toString('base64'))
}

function workloadDocuments(plant: Plant): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
  annotations:
    acme.example/deploy-key: ${plant('workload annotation')}
    kubectl.kubernetes.io/last-applied-configuration: '{"spec":{"env":"${plant('workload last-applied')}"}}'
spec:
  template:
    metadata:
      annotations:
        acme.example/session: "${plant('template annotation')}"
    spec:
      hostNetwork: true
      containers:
        - name: web
          image: registry.example/web:1
          env:
            - name: DB_PASSWORD
              value: ${plant('env, secret name')}
            - name: GREETING
              value: "${plant('env, harmless name')}"
            - {name: API_TOKEN, value: '${plant('env, flow map')}'}
          securityContext:
            privileged: true
          args:
            - --db-password=${plant('argument with =')}
            - --api-token
            - ${plant('argument after its flag')}
            - '{"password":"${plant('JSON argument')}"}'
            - -p
            - ${plant('short flag of a database client')}
            - --dsn=postgres://app:${plant('password in a URL')}@db/shop
            - --jwt=${plant('JSON web token', (id) => `eyJhbGciOiJIUzI1NiJ9.cGxhbnQ${id}cGxhbnQ.c2VjcmV0c2VjcmV0`)}
        - name: shell
          image: registry.example/shell:1
          command: [sh, -c, 'export ADMIN_PASSWORD=${plant('shell script')}; run']
          securityContext: {privileged: true}
          livenessProbe:
            httpGet:
              path: /healthz
              port: 80
              httpHeaders:
                - {name: Authorization, value: Bearer ${plant('probe header', (id) => `ghp_plant${id}aaaaaaaaaaaaaaaaaaaaaaaaaaaa`)}}
      initContainers:
        - name: init
          image: registry.example/init:1
          env:
            - name: SECRET_KEY
              value: ${plant('env of an init container')}
          securityContext:
            privileged: true
`
}

function configMapDocuments(plant: Plant): string {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: app
  namespace: shop
data:
  password: ${plant('ConfigMap value')}
  application.properties: |
    user=app
    db.password=${plant('ConfigMap file, key=value')}
    note ${plant('ConfigMap file, free text')}
binaryData:
  blob: ${Buffer.from(plant('ConfigMap binaryData')).toString('base64')}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: argocd-cm
  namespace: argocd
data:
  users.anonymous.enabled: "true"
  dex.config: |
    connectors:
      - config:
          clientSecret: ${plant('dex client secret')}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: kubeadm-config
  namespace: kube-system
data:
  ClusterConfiguration: |
    apiVersion: kubeadm.k8s.io/v1beta4
    kind: ClusterConfiguration
    kubernetesVersion: v1.36.2
    certificateKey: ${plant('kubeadm certificate key', (id) => `${id}${'a1b2c3d4'.repeat(8)}`.slice(0, 64))}
`
}

function exportList(plant: Plant, base64: Base64): object {
  return {
    apiVersion: 'v1',
    kind: 'List',
    items: [
      {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'exported', namespace: 'shop' },
        data: { key: base64(plant('exported Secret')) },
      },
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'debug', namespace: 'shop', annotations: { note: plant('exported annotation') } },
        spec: {
          hostPID: true,
          containers: [
            {
              name: 'debug',
              image: 'registry.example/debug:1',
              env: [{ name: 'PGPASSWORD', value: plant('exported env') }],
              command: ['psql', '--password', plant('exported argument')],
              securityContext: { privileged: true },
            },
          ],
        },
      },
    ],
  }
}

function writeHost(plant: Plant, base64: Base64, write: (file: string, text: string) => void): void {
  write('hosts/node-1/etc/hostname', 'node-1\n')
  write(
    'hosts/node-1/etc/kubernetes/kubelet.conf',
    `apiVersion: v1
kind: Config
current-context: default
contexts: [{name: default, context: {cluster: c, user: u}}]
clusters: [{name: c, cluster: {server: 'https://10.0.0.1:6443'}}]
users:
  - name: u
    user:
      token: ${plant('kubeconfig token')}
      client-key-data: ${base64(plant('kubeconfig key'))}
      password: ${plant('kubeconfig password')}
`,
  )
  write(
    'hosts/node-1/etc/kubernetes/bootstrap-kubelet.conf',
    `apiVersion: v1
kind: Config
users: [{name: b, user: {token: ${plant('bootstrap token', (id) => `plan${id}.0123456789abcdef`)}}}]
`,
  )
  write(
    'hosts/node-1/etc/default/kubelet',
    `KUBELET_EXTRA_ARGS="--anonymous-auth=true --registry-token=${plant('kubelet flag')}"\n`,
  )
  write(
    'hosts/node-1/etc/systemd/system/kubelet.service',
    `[Service]
EnvironmentFile=-/etc/default/kubelet
Environment="PROXY_PASSWORD=${plant('unit environment')}"
ExecStart=/usr/bin/kubelet --config=/var/lib/kubelet/config.yaml --kubeconfig=/etc/kubernetes/kubelet.conf --bootstrap-kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf $KUBELET_EXTRA_ARGS
`,
  )
  write(
    'hosts/node-1/var/lib/kubelet/config.yaml',
    `apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
readOnlyPort: 10255
staticPodURLHeader:
  Authorization: ["Bearer ${plant('static pod header')}"]
`,
  )
  write(
    'hosts/node-1/root/.docker/config.json',
    JSON.stringify({ auths: { 'registry.example': { auth: base64(`ci:${plant('docker auth')}`) } } }),
  )
  write(
    'hosts/node-1/etc/docker/daemon.json',
    JSON.stringify(
      { hosts: ['tcp://0.0.0.0:2375'], 'log-opts': { 'splunk-token': plant('daemon.json option') } },
      null,
      2,
    ),
  )
  write(
    'hosts/node-1/etc/kubernetes/enc.yaml',
    `apiVersion: apiserver.config.k8s.io/v1
kind: EncryptionConfiguration
resources:
  - resources: [secrets]
    providers:
      - aescbc:
          keys:
            - name: key1
              secret: ${base64(plant('encryption key'))}
`,
  )
  write(
    'hosts/node-1/etc/kubernetes/manifests/kube-apiserver.yaml',
    `apiVersion: v1
kind: Pod
metadata: {name: kube-apiserver, namespace: kube-system}
spec:
  hostNetwork: true
  containers:
    - name: kube-apiserver
      image: registry.k8s.io/kube-apiserver:v1.36.2
      command:
        - kube-apiserver
        - --encryption-provider-config=/etc/kubernetes/enc.yaml
        - --oidc-client-secret=${plant('API server flag')}
`,
  )
}
