import { imageName } from '../../kube/index.js'

/**
 * Programs that never ask the API server, by the repository of their official or Bitnami image: databases, caches, web
 * servers, brokers without peer discovery. Operators that run them with agents of their own use other images.
 */
const PROGRAMS = new Set([
  'nginx',
  'nginxinc/nginx-unprivileged',
  'httpd',
  'caddy',
  'haproxy',
  'varnish',
  'redis',
  'redis/redis-stack',
  'redis/redis-stack-server',
  'valkey/valkey',
  'memcached',
  'postgres',
  'postgis/postgis',
  'pgvector/pgvector',
  'mysql',
  'mysql/mysql-server',
  'mariadb',
  'percona',
  'mongo',
  'couchdb',
  'influxdb',
  'neo4j',
  'elasticsearch',
  'library/elasticsearch',
  'kibana',
  'opensearchproject/opensearch',
  'opensearchproject/opensearch-dashboards',
  'zookeeper',
  'nats',
  'eclipse-mosquitto',
  'minio/minio',
  'wordpress',
  'nextcloud',
  'ghost',
  'drupal',
  'joomla',
  'phpmyadmin',
  'phpmyadmin/phpmyadmin',
  'dpage/pgadmin4',
  'adminer',
  'mailhog/mailhog',
  'axllent/mailpit',
  'prom/blackbox-exporter',
  'prom/mysqld-exporter',
  'oliver006/redis_exporter',
  'prometheuscommunity/postgres-exporter',
])
const BITNAMI =
  /^bitnami(?:legacy|secure)?\/(?:nginx|apache|redis|valkey|memcached|postgresql|mysql|mariadb|mongodb|wordpress|minio|haproxy|phpmyadmin|ghost|drupal)$/

/** Whether an image is that of a program which is known not to ask the API server. */
export function neverAsksApi(image: string): boolean {
  const repository = imageName(image).repository.replace(/^library\//, '')
  return PROGRAMS.has(repository) || BITNAMI.test(repository)
}
