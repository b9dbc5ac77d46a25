export {
  DOCKER_GROUP,
  recogniseDocker,
  withDaemonName,
  type DockerContent,
  type DockerKind,
} from './recognise.js'
export {
  CONTAINER_CONFIG,
  CONTAINER_HOST_CONFIG,
  containerOfFiles,
  keptContainerText,
} from './container-files.js'
export { dockerContainer, type DockerContainer } from './container.js'
export { REDACTED_TOKEN } from './kept-fields.js'
