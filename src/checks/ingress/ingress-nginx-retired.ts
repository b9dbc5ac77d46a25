import { givenAddresses, isInternalLoadBalancer, isPrivateAddress, servicesFor } from '../../kube/index.js'
import { asString, field, unknown, valueAt } from '../../model/index.js'
import releases from '../../../data/ingress-nginx.json' with { type: 'json' }
import { defineCheck, type WorkloadSubject } from '../define-check.js'
import { advice } from '../precondition.js'
import { controllerWith, NGINX } from './example-ingress.js'
import { imageOrigin, nginxIn } from './judge-nginx.js'

export const ingressNginxRetired = defineCheck({
  id: 'ingress-nginx-retired',
  title: 'ingress-nginx is retired',
  severity: 'medium',
  because: `no flaw is fixed since ${releases.retired}, those of nginx among them; high on a public address`,
  reach: 'unauthenticated',
  appliesTo: 'workload',
  why: 'The project ended. What is found in the controller, or in the nginx inside, stays open, on the place where all traffic enters.',
  references: ['https://kubernetes.io/blog/2025/11/11/ingress-nginx-retirement/'],
  evaluate(subject, report) {
    for (const controller of nginxIn(subject)) {
      const origin = imageOrigin(controller)
      if (controller.version === undefined && controller.tag !== undefined) {
        report.unknown(
          unknown(
            'version-unknown',
            `tag \`${controller.tag}\` may be that of a fork that is maintained`,
            origin,
          ),
        )
        continue
      }
      const address = publicAddress(subject)
      report.fail(
        { origin, key: 'retired', message: `retired on ${releases.retired}` },
        {
          message: `it has had no fixes since ${releases.retired}${address === undefined ? '' : `, and is reached at ${address}`}`,
          fix: advice('Move to a controller that is maintained, best of the Gateway API.', {
            breaks:
              'what Ingresses say in annotations of nginx.ingress.kubernetes.io: other controllers do not read them',
          }),
          ...(address === undefined
            ? {}
            : { severity: 'high', because: 'it stands on a public address without fixes' }),
        },
      )
    }
  },
  examples: {
    bad: { manifests: controllerWith(NGINX) },
    good: { manifests: controllerWith('docker.io/library/traefik:v3.5.0') },
  },
})

/** An address of its load balancer that is not one of a private network. */
function publicAddress({ object, template, index }: WorkloadSubject): string | undefined {
  return servicesFor(index, object.ref.namespace, field(template.metadata, 'labels'))
    .filter(
      (service) =>
        asString(valueAt(service.content, ['spec', 'type'])) === 'LoadBalancer' &&
        !isInternalLoadBalancer(service),
    )
    .flatMap(givenAddresses)
    .find((address) => !isPrivateAddress(address) && !/(?:^|\.)(?:local|internal|localhost)$/.test(address))
}
