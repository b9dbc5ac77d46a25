import { describe, expect, it } from 'vitest'
import { audit } from '../../src/index.js'

const daemonSet = (name: string, containers: string): string => `apiVersion: apps/v1
kind: DaemonSet
metadata: { name: ${name}, namespace: kube-system }
spec:
  selector: { matchLabels: { k8s-app: ${name} } }
  template:
    metadata: { labels: { k8s-app: ${name} } }
    spec: { hostNetwork: true, containers: [${containers}] }
`
const deployment = (name: string, namespace: string, container: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: ${name}, ${container} }] }
`
const service = (name: string, namespace: string, spec: string): string => `apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: ${namespace} }
spec: { selector: { app: ${name} }, ${spec} }
`

/** The network of clusters as their makers install it, and entrances and metrics agents as they are published. */
const INSTALLED: Readonly<Record<string, readonly string[]>> = {
  eks: [
    'apiVersion: v1\nkind: Node\nmetadata: { name: n1 }\nspec: { providerID: "aws:///eu-west-1a/i-0abc" }\n',
    daemonSet(
      'aws-node',
      '{ name: aws-node, image: "602401143452.dkr.ecr.eu-west-1.amazonaws.com/amazon-k8s-cni:v1.20.1" }, { name: agent, image: "602401143452.dkr.ecr.eu-west-1.amazonaws.com/amazon/aws-network-policy-agent:v1.2.1", args: ["--enable-ipv6=false", "--enable-network-policy=false"] }',
    ),
  ],
  k3s: [
    deployment(
      'traefik',
      'kube-system',
      'image: "rancher/mirrored-library-traefik:3.5.1", args: ["--entryPoints.web.address=:8000/tcp", "--entryPoints.websecure.address=:8443/tcp", "--api.dashboard=true", "--ping=true"], ports: [{ name: web, containerPort: 8000 }, { name: websecure, containerPort: 8443 }]',
    ),
    service(
      'traefik',
      'kube-system',
      'type: LoadBalancer, ports: [{ name: web, port: 80, targetPort: web }, { name: websecure, port: 443, targetPort: websecure }]',
    ),
  ],
  'ingress-nginx': [
    deployment(
      'ingress-nginx-controller',
      'ingress-nginx',
      'image: "registry.k8s.io/ingress-nginx/controller:v1.15.1", args: ["/nginx-ingress-controller", "--configmap=$(POD_NAMESPACE)/ingress-nginx-controller", "--validating-webhook=:8443"]',
    ),
    service(
      'ingress-nginx-controller',
      'ingress-nginx',
      'type: LoadBalancer, ports: [{ port: 80, targetPort: 80 }, { port: 443, targetPort: 443 }]',
    ),
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ingress-nginx-controller, namespace: ingress-nginx }\n',
  ],
  metrics: [
    service('prometheus', 'monitoring', 'ports: [{ port: 9090, targetPort: 9090 }]'),
    'apiVersion: v1\nkind: Node\nmetadata: { name: n1 }\nstatus: { addresses: [{ type: InternalIP, address: 10.0.0.5 }] }\n',
    'apiVersion: v1\nkind: Service\nmetadata: { name: kubelet, namespace: kube-system, labels: { k8s-app: kubelet } }\nspec: { clusterIP: None, ports: [{ port: 10250 }] }\n',
    'apiVersion: v1\nkind: Endpoints\nmetadata: { name: kubelet, namespace: kube-system, labels: { k8s-app: kubelet } }\nsubsets: [{ addresses: [{ ip: 10.0.0.5 }], ports: [{ port: 10250 }] }]\n',
  ],
}
const NETWORK = /^(?:netpol|service|endpoint|ingress|gateway|istio|wiring)-/

describe('networks as they are installed', () => {
  it.each(Object.keys(INSTALLED))('%s: nothing critical and nothing high', async (name) => {
    const manifests = (INSTALLED[name] ?? []).join('---\n')
    const { findings } = await audit({ manifests, complete: true })
    const grave = findings.filter(
      ({ check, severity }) => NETWORK.test(check) && (severity === 'critical' || severity === 'high'),
    )
    expect(grave.map(({ check, message }) => `${check}: ${message}`)).toEqual([])
  })

  it('asks manifests alone about their wiring', async () => {
    const manifests = service('web', 'shop', 'ports: [{ port: 80 }]')
    const { coverage } = await audit({ manifests })
    const withHost = await audit({ manifests, hosts: { n1: { files: {} } } })
    const asked = (checks: readonly { check: string }[]): boolean =>
      checks.some(({ check }) => check === 'wiring-service-no-pods')
    expect([asked(coverage), asked(withHost.coverage)]).toEqual([true, false])
  })
})
