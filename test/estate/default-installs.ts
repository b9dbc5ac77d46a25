import { readFileSync } from 'node:fs'
import type { HostInput } from '../../src/model/index.js'

const K3S_DEFAULTS = `address: 0.0.0.0
apiVersion: kubelet.config.k8s.io/v1beta1
authentication:
  anonymous:
    enabled: false
  webhook:
    cacheTTL: 2m0s
    enabled: true
  x509:
    clientCAFile: /var/lib/rancher/DIST/agent/client-ca.crt
authorization:
  mode: Webhook
  webhook:
    cacheAuthorizedTTL: 5m0s
    cacheUnauthorizedTTL: 30s
cgroupDriver: systemd
clusterDNS:
- 10.43.0.10
clusterDomain: cluster.local
containerRuntimeEndpoint: unix:///run/k3s/containerd/containerd.sock
eventBurst: 100
eventRecordQPS: 50
evictionHard:
  imagefs.available: 5%
  nodefs.available: 5%
failSwapOn: false
healthzBindAddress: 127.0.0.1
kind: KubeletConfiguration
makeIPTablesUtilChains: true
podPidsLimit: -1
serializeImagePulls: false
staticPodPath: /var/lib/rancher/DIST/agent/pod-manifests
streamingConnectionIdleTimeout: 4h0m0s
tlsCertFile: /var/lib/rancher/DIST/agent/serving-kubelet.crt
tlsPrivateKeyFile: /var/lib/rancher/DIST/agent/serving-kubelet.key
`
const k3sDefaults = (name: string): string => K3S_DEFAULTS.replaceAll('DIST', name)

const NODE_OF = (user: string): string => `apiVersion: v1
kind: Config
clusters:
- name: local
  cluster: {server: https://127.0.0.1:6443, certificate-authority: /etc/kubernetes/pki/ca.crt}
users:
- name: ${user}
  user: {client-certificate: /var/lib/kubelet/pki/kubelet-client-current.pem, client-key: /var/lib/kubelet/pki/kubelet-client-current.pem}
contexts:
- name: local
  context: {cluster: local, user: ${user}}
current-context: local
`

const KUBEADM_CONFIG = `apiVersion: kubelet.config.k8s.io/v1beta1
authentication:
  anonymous:
    enabled: false
  webhook:
    cacheTTL: 0s
    enabled: true
  x509:
    clientCAFile: CERTS/ca.crt
authorization:
  mode: Webhook
cgroupDriver: systemd
kind: KubeletConfiguration
rotateCertificates: true
staticPodPath: /etc/kubernetes/manifests
`

const CA = readFileSync(
  new URL('../fixtures/kubeadm-fresh/hosts/cp-1/etc/kubernetes/pki/ca.crt', import.meta.url),
  'utf8',
)

/** Hosts as an installer leaves them. */
export const DEFAULT_INSTALLS: Readonly<Record<string, HostInput>> = {
  'k3s-1.34': {
    files: {
      '/etc/systemd/system/k3s.service': `[Service]\nExecStart=/usr/local/bin/k3s \\\n    server\n`,
      '/var/lib/rancher/k3s/agent/etc/kubelet.conf.d/00-k3s-defaults.conf': k3sDefaults('k3s'),
      '/var/lib/rancher/k3s/agent/client-ca.crt': CA,
      '/etc/rancher/k3s/k3s.yaml': { text: NODE_OF('default'), mode: 0o600 },
    },
    processes: ['/usr/local/bin/k3s server'],
  },
  'rke2-1.34': {
    files: {
      '/etc/rancher/rke2/config.yaml': 'token: abc\n',
      '/var/lib/rancher/rke2/agent/etc/kubelet.conf.d/00-rke2-defaults.conf': k3sDefaults('rke2'),
    },
    processes: [
      '/usr/local/bin/rke2 server',
      'kubelet --volume-plugin-dir=/var/lib/kubelet/volumeplugins --config-dir=/var/lib/rancher/rke2/agent/etc/kubelet.conf.d --containerd=/run/k3s/containerd/containerd.sock --hostname-override=node-1 --kubeconfig=/var/lib/rancher/rke2/agent/kubelet.kubeconfig --node-labels= --read-only-port=0',
    ],
  },
  'rke2-1.30': {
    processes: [
      '/usr/local/bin/rke2 agent',
      'kubelet --volume-plugin-dir=/var/lib/kubelet/volumeplugins --file-check-frequency=5s --sync-frequency=30s --address=0.0.0.0 --alsologtostderr=false --anonymous-auth=false --authentication-token-webhook=true --authorization-mode=Webhook --cgroup-driver=systemd --client-ca-file=/var/lib/rancher/rke2/agent/client-ca.crt --cloud-provider=external --cluster-dns=10.43.0.10 --cluster-domain=cluster.local --container-runtime-endpoint=unix:///run/k3s/containerd/containerd.sock --containerd=/run/k3s/containerd/containerd.sock --eviction-hard=imagefs.available<5%,nodefs.available<5% --fail-swap-on=false --feature-gates=CloudDualStackNodeIPs=true --healthz-bind-address=127.0.0.1 --hostname-override=node-1 --kubeconfig=/var/lib/rancher/rke2/agent/kubelet.kubeconfig --node-labels= --pod-manifest-path=/var/lib/rancher/rke2/agent/pod-manifests --read-only-port=0 --resolv-conf=/etc/resolv.conf --serialize-image-pulls=false --tls-cert-file=/var/lib/rancher/rke2/agent/serving-kubelet.crt --tls-private-key-file=/var/lib/rancher/rke2/agent/serving-kubelet.key',
    ],
  },
  microk8s: {
    files: {
      '/var/snap/microk8s/current/args/kubelet': `--kubeconfig=\${SNAP_DATA}/credentials/kubelet.config
--cert-dir=\${SNAP_DATA}/certs
--client-ca-file=\${SNAP_DATA}/certs/ca.crt
--anonymous-auth=false
--root-dir=\${SNAP_COMMON}/var/lib/kubelet
--log-dir=\${SNAP_COMMON}/var/log
--fail-swap-on=false
--eviction-hard="memory.available<100Mi,nodefs.available<1Gi,imagefs.available<1Gi"
--container-runtime-endpoint=\${SNAP_COMMON}/run/containerd.sock
--containerd=\${SNAP_COMMON}/run/containerd.sock
--node-labels="microk8s.io/cluster=true,node.kubernetes.io/microk8s-controlplane=microk8s-controlplane"
--authentication-token-webhook=true
--read-only-port=0
--tls-cipher-suites=TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
--serialize-image-pulls=false
--cluster-domain=cluster.local
--cluster-dns=10.152.183.10
`,
      '/var/snap/microk8s/current/args/kube-apiserver': `--cert-dir=\${SNAP_DATA}/certs
--service-cluster-ip-range=10.152.183.0/24
--authorization-mode=AlwaysAllow
--service-account-key-file=\${SNAP_DATA}/certs/serviceaccount.key
--client-ca-file=\${SNAP_DATA}/certs/ca.crt
--tls-cert-file=\${SNAP_DATA}/certs/server.crt
--tls-private-key-file=\${SNAP_DATA}/certs/server.key
--kubelet-client-certificate=\${SNAP_DATA}/certs/apiserver-kubelet-client.crt
--kubelet-client-key=\${SNAP_DATA}/certs/apiserver-kubelet-client.key
--secure-port=16443
--etcd-servers="unix://\${SNAP_DATA}/var/kubernetes/backend/kine.sock:12379"
--allow-privileged=true
`,
    },
    processes: [
      '/snap/microk8s/8000/kubelite --scheduler-args-file=/var/snap/microk8s/8000/args/kube-scheduler --kubelet-args-file=/var/snap/microk8s/8000/args/kubelet --apiserver-args-file=/var/snap/microk8s/8000/args/kube-apiserver --kubeconfig-file=/var/snap/microk8s/8000/credentials/client.config --start-control-plane=true',
    ],
  },
  'eks-al2023': {
    files: {
      '/etc/os-release': 'ID="amzn"\nVERSION_ID="2023"\n',
      '/etc/eks/kubelet/environment': `NODEADM_KUBELET_ARGS="--cloud-provider=external --hostname-override=ip-10-0-1-7.eu-west-1.compute.internal --config=/etc/kubernetes/kubelet/config.json --config-dir=/etc/kubernetes/kubelet/config.json.d --kubeconfig=/var/lib/kubelet/kubeconfig --node-ip=10.0.1.7 --node-labels=eks.amazonaws.com/nodegroup=a --image-credential-provider-bin-dir=/etc/eks/image-credential-provider --image-credential-provider-config=/etc/eks/image-credential-provider/config.json"\n`,
      '/etc/systemd/system/kubelet.service': `[Service]\nEnvironmentFile=/etc/eks/kubelet/environment\nExecStart=/usr/bin/kubelet $NODEADM_KUBELET_ARGS\nRestart=on-failure\n`,
      '/etc/kubernetes/kubelet/config.json': `{
  "kind": "KubeletConfiguration",
  "apiVersion": "kubelet.config.k8s.io/v1beta1",
  "address": "0.0.0.0",
  "authentication": {
    "x509": {"clientCAFile": "/etc/kubernetes/pki/ca.crt"},
    "webhook": {"enabled": true, "cacheTTL": "2m0s"},
    "anonymous": {"enabled": false}
  },
  "authorization": {"mode": "Webhook", "webhook": {"cacheAuthorizedTTL": "5m0s", "cacheUnauthorizedTTL": "30s"}},
  "cgroupDriver": "systemd",
  "cgroupRoot": "/",
  "clusterDNS": ["172.20.0.10"],
  "clusterDomain": "cluster.local",
  "containerRuntimeEndpoint": "unix:///run/containerd/containerd.sock",
  "featureGates": {"RotateKubeletServerCertificate": true},
  "hairpinMode": "hairpin-veth",
  "kubeReservedCgroup": "/runtime",
  "logging": {"verbosity": 2},
  "protectKernelDefaults": true,
  "readOnlyPort": 0,
  "serializeImagePulls": false,
  "serverTLSBootstrap": true,
  "shutdownGracePeriod": "2m30s",
  "shutdownGracePeriodCriticalPods": "30s",
  "systemReservedCgroup": "/system",
  "tlsCipherSuites": ["TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305", "TLS_RSA_WITH_AES_128_GCM_SHA256", "TLS_RSA_WITH_AES_256_GCM_SHA384"]
}
`,
      '/etc/kubernetes/kubelet/config.json.d/40-nodeadm.conf': `{"apiVersion": "kubelet.config.k8s.io/v1beta1", "kind": "KubeletConfiguration", "maxPods": 110}\n`,
      '/etc/kubernetes/pki/ca.crt': CA,
      '/var/lib/kubelet/kubeconfig': `apiVersion: v1
kind: Config
clusters:
- name: kubernetes
  cluster: {server: https://x.gr7.eu-west-1.eks.amazonaws.com, certificate-authority: /etc/kubernetes/pki/ca.crt}
contexts:
- name: kubelet
  context: {cluster: kubernetes, user: kubelet}
current-context: kubelet
users:
- name: kubelet
  user:
    exec: {apiVersion: client.authentication.k8s.io/v1beta1, command: aws, args: [eks, get-token, --cluster-name, x, --region, eu-west-1]}
`,
    },
    processes: [
      '/usr/bin/kubelet --cloud-provider=external --hostname-override=ip-10-0-1-7.eu-west-1.compute.internal --config=/etc/kubernetes/kubelet/config.json --config-dir=/etc/kubernetes/kubelet/config.json.d --kubeconfig=/var/lib/kubelet/kubeconfig --node-ip=10.0.1.7 --node-labels=eks.amazonaws.com/nodegroup=a --image-credential-provider-bin-dir=/etc/eks/image-credential-provider --image-credential-provider-config=/etc/eks/image-credential-provider/config.json',
    ],
  },
  aks: {
    files: {
      '/etc/default/kubelet': `KUBELET_FLAGS=--address=0.0.0.0 --anonymous-auth=false --authentication-token-webhook=true --authorization-mode=Webhook --azure-container-registry-config=/etc/kubernetes/azure.json --cgroups-per-qos=true --client-ca-file=/etc/kubernetes/certs/ca.crt --cloud-config= --cloud-provider=external --cluster-dns=10.0.0.10 --cluster-domain=cluster.local --enforce-node-allocatable=pods --event-qps=0 --eviction-hard=memory.available<100Mi,nodefs.available<10%,nodefs.inodesFree<5%,pid.available<2000 --feature-gates=DisableKubeletCloudCredentialProviders=false --image-gc-high-threshold=85 --image-gc-low-threshold=80 --max-pods=110 --node-status-update-frequency=10s --pod-max-pids=-1 --protect-kernel-defaults=true --read-only-port=0 --rotate-certificates=true --streaming-connection-idle-timeout=4h --tls-cert-file=/etc/kubernetes/certs/kubeletserver.crt --tls-cipher-suites=TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305,TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305,TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,TLS_RSA_WITH_AES_256_GCM_SHA384,TLS_RSA_WITH_AES_128_GCM_SHA256 --tls-private-key-file=/etc/kubernetes/certs/kubeletserver.key\nKUBELET_REGISTER_SCHEDULABLE=true\nNETWORK_POLICY=\nKUBELET_NODE_LABELS=agentpool=nodepool1,kubernetes.azure.com/agentpool=nodepool1,kubernetes.azure.com/mode=system\n`,
      '/etc/systemd/system/kubelet.service': `[Unit]\nDescription=Kubelet\n[Service]\nRestart=always\nEnvironmentFile=/etc/default/kubelet\nExecStart=/usr/local/bin/kubelet \\\n        --enable-server \\\n        --node-labels="\${KUBELET_NODE_LABELS}" \\\n        --v=2 \\\n        --volume-plugin-dir=/etc/kubernetes/volumeplugins \\\n        $KUBELET_TLS_BOOTSTRAP_FLAGS \\\n        $KUBELET_CONFIG_FILE_FLAGS \\\n        $KUBELET_CONTAINERD_FLAGS \\\n        $KUBELET_FLAGS\n`,
      '/etc/systemd/system/kubelet.service.d/10-containerd.conf': `[Service]\nEnvironment=KUBELET_CONTAINERD_FLAGS="--runtime-request-timeout=15m --container-runtime-endpoint=unix:///run/containerd/containerd.sock"\n`,
      '/etc/systemd/system/kubelet.service.d/10-tlsbootstrap.conf': `[Service]\nEnvironment=KUBELET_TLS_BOOTSTRAP_FLAGS="--kubeconfig /var/lib/kubelet/kubeconfig --bootstrap-kubeconfig /var/lib/kubelet/bootstrap-kubeconfig"\n`,
      '/etc/kubernetes/certs/ca.crt': CA,
      '/etc/kubernetes/azure.json': '{}',
      '/var/lib/kubelet/kubeconfig': NODE_OF('default-auth'),
    },
  },
  gke: {
    files: {
      '/etc/os-release': 'ID=cos\nVERSION_ID=121\n',
      '/home/kubernetes/kubelet-config.yaml': `apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
authentication:
  anonymous:
    enabled: false
  webhook:
    enabled: true
  x509:
    clientCAFile: /etc/srv/kubernetes/pki/ca-certificates.crt
authorization:
  mode: Webhook
cgroupRoot: /
clusterDNS: [10.8.0.10]
clusterDomain: cluster.local
enableDebuggingHandlers: true
featureGates: {RotateKubeletServerCertificate: true}
podPidsLimit: 4194304
protectKernelDefaults: true
readOnlyPort: 10255
serverTLSBootstrap: true
staticPodPath: /etc/kubernetes/manifests
`,
      '/etc/srv/kubernetes/pki/ca-certificates.crt': CA,
      '/var/lib/kubelet/kubeconfig': NODE_OF('kubelet'),
    },
    processes: [
      '/home/kubernetes/bin/kubelet --v=2 --cloud-provider=external --experimental-mounter-path=/home/kubernetes/containerized_mounter/mounter --cert-dir=/var/lib/kubelet/pki/ --kubeconfig=/var/lib/kubelet/kubeconfig --max-pods=110 --volume-plugin-dir=/home/kubernetes/flexvolume --node-status-max-images=25 --container-runtime-endpoint=unix:///run/containerd/containerd.sock --config /home/kubernetes/kubelet-config.yaml --node-labels=cloud.google.com/gke-nodepool=p',
    ],
  },
  minikube: {
    files: {
      '/var/lib/kubelet/config.yaml':
        KUBEADM_CONFIG.replace('CERTS', '/var/lib/minikube/certs') +
        `evictionHard:\n  nodefs.available: "0%"\nfailSwapOn: false\n`,
      '/var/lib/minikube/certs/ca.crt': CA,
      '/etc/kubernetes/kubelet.conf': NODE_OF('system:node:minikube'),
      '/etc/systemd/system/kubelet.service.d/10-kubeadm.conf': `[Service]\nExecStart=\nExecStart=/var/lib/minikube/binaries/v1.34.0/kubelet --bootstrap-kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf --config=/var/lib/kubelet/config.yaml --hostname-override=minikube --kubeconfig=/etc/kubernetes/kubelet.conf --node-ip=192.168.49.2\n`,
      '/usr/lib/systemd/system/kubelet.service': `[Service]\nExecStart=/var/lib/minikube/binaries/v1.34.0/kubelet\n`,
    },
    processes: [
      '/var/lib/minikube/binaries/v1.34.0/kubelet --bootstrap-kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf --config=/var/lib/kubelet/config.yaml --hostname-override=minikube --kubeconfig=/etc/kubernetes/kubelet.conf --node-ip=192.168.49.2',
    ],
  },
}
