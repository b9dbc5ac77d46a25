import { imageReference, knownBadImage } from '../../kube/index.js'
import { asString, unknown } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { consolesIn, waysTo } from './console-containers.js'
import { consoleWith, DASHBOARD } from './example-console.js'
import { malformedImages } from './malformed-images.js'

export const dashboardArchived = defineCheck({
  id: 'dashboard-archived',
  title: 'A web console that nobody maintains any more',
  severity: 'medium',
  because: 'flaws found from now on stay open',
  reach: 'pod',
  appliesTo: 'workload',
  why: 'A console holds the rights of its account and of all who log in. When its project is archived, no flaw in it is mended.',
  references: ['https://github.com/kubernetes-retired/dashboard', 'https://github.com/weaveworks/scope'],
  evaluate(subject, report) {
    const { object } = subject
    for (const path of malformedImages(subject)) {
      report.unknown(
        unknown('unparsable', 'the image of a container is not a text', { kind: 'object', object, path }),
      )
    }
    for (const { container, console } of consolesIn(subject)) {
      if (console.archived === undefined) continue
      // pod-known-bad says worse of some of them.
      if (knownBadImage(imageReference(asString(container.spec.image) ?? '')) !== undefined) continue
      const { date, instead } = console.archived
      const ways = waysTo(subject).map((way) => way.described)
      report.fail(
        {
          origin: { kind: 'object', object, path: [...container.path, 'image'] },
          message: `${console.title}, archived ${date}`,
        },
        {
          message: `${console.title} is archived since ${date}${ways.length === 0 ? '' : ` and reached through ${ways.sort().join(', ')}`}`,
          fix: advice(`Remove ${console.title}; use ${instead}.`, {
            breaks: 'people who work with this console',
          }),
        },
      )
    }
  },
  examples: {
    bad: { manifests: consoleWith({ image: DASHBOARD }) },
    good: { manifests: consoleWith({ image: 'ghcr.io/headlamp-k8s/headlamp:v0.40.0' }) },
  },
})
