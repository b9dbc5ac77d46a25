import { defineCheck } from '../define-check.js'
import { judgeFlag } from '../judge-flag.js'
import { advice } from '../precondition.js'
import { kubernetesDocs, stig } from '../references.js'
import { apiserverWith } from './example-apiserver.js'

export const apiserverCors = defineCheck({
  id: 'apiserver-cors',
  title: 'Every web site may ask the API server in the name of its visitor',
  severity: 'medium',
  because: 'browsers send client certificates and basic credentials along; few users have those in a browser',
  reach: 'unauthenticated',
  appliesTo: 'apiserver',
  why: 'With an origin that matches everything, a page on any site may read answers of the API server through the browser of somebody who is signed in there.',
  references: [stig('CORS'), kubernetesDocs('reference/command-line-tools-reference/kube-apiserver/')],
  evaluate(apiserver, report) {
    const name = 'cors-allowed-origins'
    judgeFlag(apiserver, report, name, apiserver.strings(name), (patterns) => {
      const any = patterns.filter(matchesAny)
      const rest = patterns.filter((pattern) => !matchesAny(pattern))
      if (any.length === 0) return undefined
      const fix =
        rest.length > 0
          ? apiserver.change(name, rest)
          : (apiserver.unset?.(name) ?? advice(`Take \`--${name}\` out.`))
      return {
        message: `every origin matches ${any.map((pattern) => `\`${pattern}\``).join(', ')}`,
        fix: { ...fix, breaks: 'web pages of other origins that ask the API server: name their origins' },
      }
    })
  },
  examples: {
    bad: apiserverWith(['--cors-allowed-origins=.*']),
    good: apiserverWith(['--cors-allowed-origins=^https://console\\.example$']),
  },
})

/**
 * Patterns are regular expressions that may match anywhere in the origin.
 * Source: k8s.io/apiserver v0.36.3 pkg/server/filters/cors.go, allowedOriginRegexps.
 */
function matchesAny(pattern: string): boolean {
  const core = pattern
    .replace(/^\^/, '')
    .replace(/\$$/, '')
    .replace(/^\(\?i\)/, '')
    .replace(/^https?\??(?::|\\:)?/, '')
    .replace(/^(?::?\\?\/\\?\/)/, '')
  return /^(?:\.|\.\*|\.\+|\(\.\*\)|\(\.\+\)|\.\*\?|)$/.test(core)
}
