import { flagOf, nginxConfigMap, textField } from '../../kube/index.js'
import { field, unknown } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { fieldEvidence } from '../object-evidence.js'
import { advice } from '../precondition.js'
import { controllerWith, NGINX } from './example-ingress.js'
import { imageOrigin, nginxIn } from './judge-nginx.js'

/** Keys of the ConfigMap, the value that opens, and what it opens. Source: ingress-nginx docs, ConfigMap. */
const OPENINGS: readonly (readonly [key: string, value: RegExp, effect: string])[] = [
  ['allow-snippet-annotations', /^true$/, 'annotations may put text into the configuration'],
  ['annotations-risk-level', /^critical$/i, 'annotations of every risk are taken'],
  ['strict-validate-path-type', /^false$/, 'paths are not checked for signs that leave their place'],
  [
    'allow-cross-namespace-resources',
    /^true$/,
    'an Ingress may use Secrets and ConfigMaps of other namespaces',
  ],
]

export const ingressNginxConfig = defineCheck({
  id: 'ingress-nginx-config',
  title: 'ingress-nginx is set up to take dangerous annotations',
  severity: 'high',
  because: 'whoever may write an Ingress gets what the controller may: the Secrets of the cluster',
  reach: 'user',
  appliesTo: 'workload',
  why: 'The controller checks what it takes from Ingresses, because text of theirs becomes its configuration. These settings switch the checks off.',
  references: [
    'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/',
    'https://kubernetes.github.io/ingress-nginx/user-guide/cli-arguments/',
  ],
  evaluate(subject, report) {
    for (const controller of nginxIn(subject)) {
      const { object, container } = controller
      const breaks = 'Ingresses that rely on what is no longer taken'
      if (/^(?:false|f|0)$/i.test(flagOf(container, 'enable-annotation-validation') ?? '')) {
        report.fail(
          fieldEvidence(
            object,
            [...container.path, 'args'],
            '`--enable-annotation-validation` is false',
            'enable-annotation-validation',
          ),
          {
            message: '`--enable-annotation-validation=false`: values of annotations are not checked',
            fix: advice('Take `--enable-annotation-validation=false` away.', { breaks }),
          },
        )
      }
      const place = nginxConfigMap(controller)
      if (place === undefined) continue
      const map = subject.index.get('', 'ConfigMap', ...place)
      if (map === undefined) {
        if (subject.index.holdsAll('', 'ConfigMap')) continue
        report.unknown(
          unknown('no-source', `ConfigMap ${place.join('/')} was not read`, imageOrigin(controller)),
        )
        continue
      }
      for (const [key, value, effect] of OPENINGS) {
        if (!value.test(textField(field(map.content, 'data'), key) ?? '')) continue
        report.fail(fieldEvidence(map, ['data', key], `\`${key}\` opens the controller`, key), {
          message: `\`${key}\`: ${effect}`,
          fix: advice(`Take \`${key}\` out of ConfigMap ${place.join('/')}.`, { breaks }),
        })
      }
    }
  },
  examples: {
    bad: { manifests: `${controllerWith(NGINX)}---\n${configMap('allow-snippet-annotations: "true"')}` },
    good: { manifests: `${controllerWith(NGINX)}---\n${configMap('allow-snippet-annotations: "false"')}` },
  },
})

function configMap(line: string): string {
  return `apiVersion: v1
kind: ConfigMap
metadata: { name: ingress-nginx-controller, namespace: ingress-nginx }
data:
  ${line}
`
}
