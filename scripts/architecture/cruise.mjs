import path from 'node:path'
import { cruise } from 'dependency-cruiser'
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config'
import { architecture } from '../../.dependency-cruiser.mjs'
import { filesUnder } from '../build/fingerprint.mjs'
import { staleRules } from './stale-rules.mjs'

/**
 * Runs the rules over src/ of the project at `root`: `{modules, violations, faults}`. Faults are reasons not to believe
 * the gate itself: it saw nothing, saw less than there is, or has a rule that is about nothing.
 */
export async function cruiseProject(root, rules = architecture(root)) {
  const { options, ...ruleSet } = rules
  const { tsConfig, ...cruiseOptions } = options
  const { output } = await cruise(
    ['src'],
    { ...cruiseOptions, baseDir: root, ruleSet, validate: true },
    undefined,
    { tsConfig: extractTSConfig(path.join(root, tsConfig.fileName)) },
  )
  const sources = filesUnder(root, ['src']).filter((file) => file.endsWith('.ts'))
  const seen = new Set(
    output.modules.map(({ source }) => source).filter((source) => source.startsWith('src/')),
  )
  const unseen = sources.filter((file) => !seen.has(file))
  return {
    modules: seen.size,
    violations: output.summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
    faults: [
      ...(sources.length === 0 || seen.size === 0 ? ['no module of src/ was seen'] : []),
      ...unseen.map((file) => `${file} was not seen`),
      ...staleRules(rules.forbidden, [...sources, ...filesUnder(root, ['test'])], root),
    ],
  }
}
