import { asString, asStrings, field } from '../model/index.js'
import { imageName } from './image-repository.js'
import type { Container } from './pod-template.js'

export type ConsoleId =
  | 'kubernetes-dashboard'
  | 'headlamp'
  | 'argocd'
  | 'argo-workflows'
  | 'grafana'
  | 'kubeflow'
  | 'weave-scope'
  | 'portainer'
  | 'rancher'
  | 'jenkins'
  | 'nifi'
  | 'ray'
  | 'mlflow'
  | 'jupyterhub'
  | 'ollama'
  | 'vllm'
  | 'kiali'
  | 'airflow'

/** A web console that gives whoever reaches it power over a cluster, its workloads or its data. */
export interface WebConsole {
  readonly id: ConsoleId
  readonly title: string
  /** Ends of image repositories, whole path segments; mirrors keep these. */
  readonly repositories: readonly string[]
  /** Ports on which it serves by default. */
  readonly ports: readonly number[]
  /** What the one who gets in can do. */
  readonly power: string
  /** Set when it asks for no credential as installed. */
  readonly open?: true
  /** Words of the command line that only it has, for images under other names: all must be there. */
  readonly shape?: readonly string[]
  readonly archived?: { readonly date: string; readonly instead: string }
  readonly source: string
}

export const CONSOLES: readonly WebConsole[] = [
  {
    id: 'kubernetes-dashboard',
    title: 'Kubernetes Dashboard',
    repositories: [
      'kubernetesui/dashboard',
      'kubernetesui/dashboard-web',
      'kubernetesui/dashboard-api',
      'kubernetesui/dashboard-auth',
      'kubernetesui/dashboard-amd64',
      'kubernetes-dashboard-amd64',
      'kubernetes-dashboard-arm64',
    ],
    ports: [8443, 9090, 8000],
    power: 'whatever the token of a visitor may do, or its own account where login is skipped',
    shape: ['--auto-generate-certificates', '--namespace'],
    archived: { date: '2026-01-21', instead: 'Headlamp (a Kubernetes SIG project)' },
    source: 'https://github.com/kubernetes-retired/dashboard',
  },
  {
    id: 'headlamp',
    title: 'Headlamp',
    repositories: ['headlamp-k8s/headlamp', 'kubernetes-sigs/headlamp', 'kinvolk/headlamp'],
    ports: [4466],
    power: 'whatever the token of a visitor may do',
    shape: ['-in-cluster', '-plugins-dir'],
    source: 'https://headlamp.dev/docs/latest/installation/in-cluster/',
  },
  {
    id: 'argocd',
    title: 'Argo CD',
    repositories: ['argoproj/argocd', 'argoproj-labs/argocd'],
    ports: [8080, 8083],
    power: 'deployments to every cluster that Argo CD manages',
    shape: ['argocd-server'],
    source: 'https://argo-cd.readthedocs.io/en/stable/operator-manual/security/',
  },
  {
    id: 'argo-workflows',
    title: 'Argo Workflows server',
    repositories: ['argoproj/argocli', 'argoproj/argo-cli'],
    ports: [2746],
    power: 'running any container as a workflow',
    source: 'https://argo-workflows.readthedocs.io/en/latest/argo-server-auth-mode/',
  },
  {
    id: 'grafana',
    title: 'Grafana',
    repositories: ['grafana/grafana', 'grafana/grafana-oss', 'grafana/grafana-enterprise', 'bitnami/grafana'],
    ports: [3000],
    power: 'dashboards and queries to every data source',
    source: 'https://grafana.com/docs/grafana/latest/setup-grafana/configure-security/',
  },
  {
    id: 'kubeflow',
    title: 'Kubeflow',
    repositories: [
      'kubeflow/centraldashboard',
      'kubeflownotebookswg/centraldashboard',
      'kubeflow-images-public/centraldashboard',
    ],
    ports: [8082],
    power: 'notebooks and pipelines, which run any code',
    source: 'https://www.kubeflow.org/docs/components/central-dash/',
  },
  {
    id: 'weave-scope',
    title: 'Weave Scope',
    repositories: ['weaveworks/scope'],
    ports: [4040],
    power: 'a shell in every container and on every node',
    open: true,
    archived: { date: '2023-12-11', instead: 'a maintained console behind a login' },
    source: 'https://github.com/weaveworks/scope',
  },
  {
    id: 'portainer',
    title: 'Portainer',
    repositories: ['portainer/portainer', 'portainer/portainer-ce', 'portainer/portainer-ee'],
    ports: [9000, 9443, 8000],
    power: 'the whole cluster: it runs as cluster-admin',
    source: 'https://docs.portainer.io/',
  },
  {
    id: 'rancher',
    title: 'Rancher',
    repositories: ['rancher/rancher'],
    ports: [80, 443],
    power: 'every cluster that Rancher manages',
    source: 'https://ranchermanager.docs.rancher.com/',
  },
  {
    id: 'jenkins',
    title: 'Jenkins',
    repositories: ['jenkins/jenkins', 'jenkinsci/jenkins', 'bitnami/jenkins'],
    ports: [8080],
    power: 'build jobs, which run any code with the credentials of the builds',
    source: 'https://www.jenkins.io/doc/book/security/',
  },
  {
    id: 'nifi',
    title: 'Apache NiFi',
    repositories: ['apache/nifi'],
    ports: [8443, 8080],
    power: 'flows, which run any code',
    source: 'https://nifi.apache.org/documentation/',
  },
  {
    id: 'ray',
    title: 'Ray dashboard',
    repositories: ['rayproject/ray', 'rayproject/ray-ml', 'rayproject/ray-llm'],
    ports: [8265],
    power: 'jobs, which run any code on the cluster',
    open: true,
    source: 'https://docs.ray.io/en/latest/ray-security/index.html',
  },
  {
    id: 'mlflow',
    title: 'MLflow',
    repositories: ['mlflow/mlflow', 'bitnami/mlflow', 'burakince/mlflow'],
    ports: [5000],
    power: 'models and artifacts, which others load as code',
    open: true,
    source: 'https://mlflow.org/docs/latest/auth/',
  },
  {
    id: 'jupyterhub',
    title: 'JupyterHub',
    repositories: ['jupyterhub/k8s-hub', 'jupyterhub/jupyterhub', 'jupyterhub/configurable-http-proxy'],
    ports: [8081, 8000],
    power: 'notebooks, which run any code',
    source: 'https://z2jh.jupyter.org/en/stable/administrator/security.html',
  },
  {
    id: 'ollama',
    title: 'Ollama',
    repositories: ['ollama/ollama'],
    ports: [11434],
    power: 'its models and the machine under it',
    open: true,
    source: 'https://github.com/ollama/ollama/blob/main/docs/api.md',
  },
  {
    id: 'vllm',
    title: 'vLLM',
    repositories: ['vllm/vllm-openai', 'vllm-project/vllm-openai'],
    ports: [8000],
    power: 'its models and the machine under it',
    open: true,
    source: 'https://docs.vllm.ai/en/latest/usage/security.html',
  },
  {
    id: 'kiali',
    title: 'Kiali',
    repositories: ['kiali/kiali'],
    ports: [20001],
    power: 'the configuration of the mesh',
    source: 'https://kiali.io/docs/configuration/authentication/',
  },
  {
    id: 'airflow',
    title: 'Apache Airflow',
    repositories: ['apache/airflow'],
    ports: [8080],
    power: 'its jobs and their credentials',
    source: 'https://airflow.apache.org/docs/apache-airflow/stable/security/',
  },
]

/** The console that a container runs, told by its image, else by a command line that no other program has. */
export function consoleOf(container: Container): WebConsole | undefined {
  const image = asString(field(container.spec, 'image'))
  const repository = image === undefined ? undefined : imageName(image).repository
  const words = [...asStrings(field(container.spec, 'command')), ...asStrings(field(container.spec, 'args'))]
  const byImage = CONSOLES.find(
    (one) => repository !== undefined && endsWithRepository(repository, one.repositories),
  )
  const found = byImage ?? CONSOLES.find((one) => one.shape !== undefined && hasShape(words, one.shape))
  return found !== undefined && servesConsole(found.id, words) ? found : undefined
}

function endsWithRepository(repository: string, ends: readonly string[]): boolean {
  return ends.some((end) => repository === end || repository.endsWith(`/${end}`))
}

function hasShape(words: readonly string[], shape: readonly string[]): boolean {
  return shape.every((part) =>
    words.some(
      (word) =>
        word === part || word.startsWith(`${part}=`) || (!part.startsWith('-') && word.endsWith(`/${part}`)),
    ),
  )
}

/** Images that hold several programs serve a console only when started as that one. */
function servesConsole(id: ConsoleId, words: readonly string[]): boolean {
  const names = words.map((word) => word.slice(word.lastIndexOf('/') + 1))
  switch (id) {
    case 'argocd':
      return names.includes('argocd-server')
    case 'argo-workflows':
      return names.includes('server')
    case 'airflow':
      return names.some((name) => name === 'webserver' || name === 'api-server')
    default:
      return true
  }
}
