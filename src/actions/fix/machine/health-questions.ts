import {
  controllerManagersOf,
  dockerdsOf,
  etcdsOf,
  apiserversOf,
  kubeletsOf,
  schedulersOf,
  type ComponentView,
} from '../../../effective/index.js'
import type { Estate, Fact } from '../../../model/index.js'
import type { HealthUrl } from './machine.js'

/** Where a component says whether it is well. */
export interface HealthQuestion {
  readonly where: HealthUrl
  /** The TCP port, whose owner must be the new process. */
  readonly port?: number
  /** For people. */
  readonly words: string
}

/** Services that run a kubelet inside. */
const WITH_KUBELET: ReadonlySet<string> = new Set(['kubelet', 'k3s', 'rke2', 'kubelite'])

/**
 * Where a component of a host is asked, from its settings in force; undefined where it answers nobody (a port switched
 * off, a program that has no such place): then only its process is looked at.
 */
export function healthQuestion(component: string, host: string, estate: Estate): HealthQuestion | undefined {
  const on = (views: readonly ComponentView[]): ComponentView | undefined =>
    views.find((view) => view.host === host && view.unseen === undefined)
  if (WITH_KUBELET.has(component)) return kubeletQuestion(on(kubeletsOf(estate)))
  switch (component) {
    case 'dockerd':
      return dockerQuestion(host, estate)
    case 'kube-apiserver':
      return secureQuestion(on(apiserversOf(estate)), 6443, '/livez')
    case 'kube-controller-manager':
      return secureQuestion(on(controllerManagersOf(estate)), 10257, '/healthz')
    case 'kube-scheduler':
      return secureQuestion(on(schedulersOf(estate)), 10259, '/healthz')
    case 'etcd':
      return etcdQuestion(on(etcdsOf(estate)))
    default:
      return undefined
  }
}

/** Source: kubernetes v1.36.2 pkg/kubelet/apis/config/v1beta1/defaults.go: 127.0.0.1 and 10248; 0 switches it off. */
function kubeletQuestion(view: ComponentView | undefined): HealthQuestion | undefined {
  const port = valueOf(view?.number('healthzPort')) ?? 10248
  if (port === 0) return undefined
  const address = reachable(valueOf(view?.string('healthzBindAddress')) ?? '127.0.0.1')
  return { where: { url: `http://${address}:${port}/healthz` }, port, words: `${address}:${port}/healthz` }
}

function secureQuestion(
  view: ComponentView | undefined,
  usual: number,
  path: string,
): HealthQuestion | undefined {
  const port = valueOf(view?.number('secure-port')) ?? usual
  if (port === 0) return undefined
  const address = reachable(valueOf(view?.string('bind-address')) ?? '0.0.0.0')
  return { where: { url: `https://${address}:${port}${path}` }, port, words: `${address}:${port}${path}` }
}

/** Source: etcd v3.6 server/etcdserver/api/etcdhttp/health.go: /health is served on the metrics addresses too. */
function etcdQuestion(view: ComponentView | undefined): HealthQuestion | undefined {
  const urls = valueOf(view?.string('listen-metrics-urls')) ?? ''
  const plain = urls
    .split(',')
    .find((url) => /^http:\/\/[\w.:[\]-]+$/.test(url.trim()))
    ?.trim()
  if (plain === undefined) return undefined
  const { hostname, port } = new URL(plain)
  const url = `http://${reachable(hostname)}:${port || '80'}/health`
  return { where: { url }, port: Number(port) || 80, words: url }
}

const DOCKER_SOCKET = '/var/run/docker.sock'

function dockerQuestion(host: string, estate: Estate): HealthQuestion {
  const view = dockerdsOf(estate).find((each) => each.host === host && !each.rootless)
  const socket = view?.listeners.seen.flatMap((each) => (each.host.kind === 'unix' ? each.host.path : []))[0]
  const path = socket ?? DOCKER_SOCKET
  return { where: { socket: path, path: '/_ping' }, words: `/_ping on ${path}` }
}

/** An address that stands for all of them is asked on loopback. */
function reachable(address: string): string {
  if (address === '' || address === '0.0.0.0' || address === 'localhost') return '127.0.0.1'
  if (address === '::' || address === '[::]') return '[::1]'
  return address.includes(':') && !address.startsWith('[') ? `[${address}]` : address
}

function valueOf<T>(fact: Fact<T> | undefined): T | undefined {
  return fact?.known === true ? fact.value : undefined
}
