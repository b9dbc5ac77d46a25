import { shellWord } from '../../kube/index.js'
import { asString, type Fix } from '../../model/index.js'
import type { ContainerSubject } from '../define-check.js'
import { advice } from '../precondition.js'

/** How a setting is changed with `docker run`, and in a Compose file. Each follows "make it again" and "there". */
export interface Remake {
  readonly run: string
  readonly compose: string
  readonly breaks?: string
}

/** Advice to make a container again: of one that exists, Docker changes nothing but limits and the restart policy. */
export function remake(subject: ContainerSubject, { run, compose, breaks }: Remake): Fix {
  const { container } = subject
  const extra = breaks === undefined ? {} : { breaks }
  const restart = `container ${container.name}`
  const service = asString(container.at(['Config', 'Labels', 'com.docker.swarm.service.name']))
  if (service !== undefined) {
    const text = `In the stack file or with \`docker service update ${shellWord(service)}\`, since the swarm service makes this container: ${compose}.`
    return { ...advice(text, extra), restart: `service ${service}` }
  }
  if (container.compose !== undefined) {
    const { project, service: name } = container.compose
    const text = `In the Compose file of project \`${project}\`, service \`${name}\`: ${compose}. Then \`docker compose up -d ${shellWord(name)}\` makes the container again.`
    return { ...advice(text, extra), restart }
  }
  const name = shellWord(container.name)
  const text = `Make the container again ${run}: Docker cannot change this of one that exists (\`docker stop ${name}\`, \`docker rm ${name}\`, \`docker run\`). In a Compose file: ${compose}.`
  return { ...advice(text, extra), restart }
}
