import { existsSync } from 'node:fs'
import { builtinModules } from 'node:module'
import path from 'node:path'

/** Rules with a `from` or `to` that is about no existing file, Node module or installed package: they check nothing. */
export function staleRules(rules, files, root) {
  return rules.flatMap((rule) =>
    ['from', 'to'].flatMap((side) =>
      ['path', 'pathNot'].flatMap((field) =>
        [rule[side][field] ?? []]
          .flat()
          .filter((pattern) => !isAboutSomething(pattern, files, root))
          .map((pattern) => `rule ${rule.name}: no file matches ${side}.${field} ${pattern}`),
      ),
    ),
  )
}

function isAboutSomething(pattern, files, root) {
  const installed = /node_modules\/([\w-]+)?/.exec(pattern)
  if (installed) return existsSync(path.join(root, 'node_modules', installed[1] ?? ''))
  // $1 stands for whatever the other side matched.
  const expression = new RegExp(pattern.replaceAll('$1', '[^/]+'))
  return files.some((file) => expression.test(file)) || builtinModules.some((name) => expression.test(name))
}
