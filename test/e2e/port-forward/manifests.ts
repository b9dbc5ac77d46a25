import { IMAGES } from '../../cluster/start-cluster.js'

export const NAMESPACE = 'forwarded'
/** Sends so much when somebody connects. */
export const SOURCE = { port: 8000, bytes: 256 * 1024 * 1024 }
/** Takes so much, then says how much it was. */
export const SINK = { port: 8001, bytes: SOURCE.bytes }
export const ECHO = 8002
/** Reads a line, and answers half a second later. */
export const LATE = 8003
/** Nothing listens there. */
export const CLOSED = 8009

const SERVE = [
  `nc -ll -p ${SOURCE.port} -e dd if=/dev/zero bs=65536 count=${SOURCE.bytes / 65_536} 2>/dev/null &`,
  `nc -ll -p ${SINK.port} -e sh -c 'head -c ${SINK.bytes} | wc -c' &`,
  `nc -ll -p ${ECHO} -e cat &`,
  `nc -ll -p ${LATE} -e sh -c 'read line; sleep 0.5; echo late $line' &`,
  `trap 'exit 0' TERM`,
  'wait',
].join('\n')

const template = {
  metadata: { labels: { app: 'web' } },
  spec: {
    terminationGracePeriodSeconds: 0,
    containers: [
      {
        name: 'web',
        image: IMAGES.busybox,
        imagePullPolicy: 'Never',
        command: ['sh', '-c', SERVE],
        ports: [{ name: 'echo', containerPort: ECHO }],
      },
    ],
  },
}

/** A deployment of one pod, a service before it with a named port, and a pod by itself. */
export const OBJECTS = {
  apiVersion: 'v1',
  kind: 'List',
  items: [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace: NAMESPACE },
      spec: { replicas: 1, selector: { matchLabels: { app: 'web' } }, template },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web', namespace: NAMESPACE },
      spec: { selector: { app: 'web' }, ports: [{ name: 'front', port: 80, targetPort: 'echo' }] },
    },
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'alone', namespace: NAMESPACE, labels: { app: 'alone' } },
      spec: template.spec,
    },
  ],
}
