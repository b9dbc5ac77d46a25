import { shellWord } from '../../kube/index.js'
import type { Fix } from '../../model/index.js'
import type { ContainerSubject } from '../define-check.js'
import { advice } from '../precondition.js'
import { remake } from './remake.js'

/** A limit that `docker update` sets at once; the value is the user's to choose, so that it stays advice. */
export function limitWith(
  subject: ContainerSubject,
  limit: { readonly update: string; readonly compose: string; readonly choose: string },
): Fix {
  const { container } = subject
  if (container.at(['Config', 'Labels', 'com.docker.swarm.service.name']) !== undefined) {
    return remake(subject, {
      run: `with \`${limit.update}\``,
      compose: `set ${limit.compose}; ${limit.choose}`,
    })
  }
  const text = `\`docker update ${limit.update} ${shellWord(container.name)}\` sets it at once (${limit.choose}). Keep it in the Compose file too, as ${limit.compose}: a container that is made again has only what stands there.`
  return advice(text, { breaks: 'programs that need more than that' })
}
