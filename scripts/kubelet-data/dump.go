// Prints what a kubelet of the linked Kubernetes version knows, as JSON: the Go types of its configuration, its
// defaults, its flags and its feature gates. Run by generate.mjs, once for each version.
package main

import (
	"encoding/json"
	"os"
	"reflect"
	"strings"

	"github.com/spf13/pflag"
	utilfeature "k8s.io/apiserver/pkg/util/feature"
	cliflag "k8s.io/component-base/cli/flag"
	logsapi "k8s.io/component-base/logs/api/v1"
	_ "k8s.io/component-base/logs/json/register"
	config "k8s.io/kubelet/config/v1beta1"
	"k8s.io/kubernetes/cmd/kubelet/app/options"
	_ "k8s.io/kubernetes/pkg/features"
	defaults "k8s.io/kubernetes/pkg/kubelet/apis/config/v1beta1"
)

type field struct {
	Name string `json:"name"`
	Type string `json:"type"`
}

var structs = map[string][]field{}

// Types that read themselves from JSON are leaves with a name of their own.
var leaves = map[string]string{
	"v1.Duration": "duration", "resource.Quantity": "quantity", "resource.QuantityValue": "quantity",
	"v1.TimeOrMetaDuration": "durationOrNanoseconds", "v1.Time": "time",
}

func typeName(t reflect.Type) string {
	if leaf, found := leaves[t.String()]; found {
		return leaf
	}
	switch t.Kind() {
	case reflect.Pointer:
		return "*" + typeName(t.Elem())
	case reflect.Slice:
		return "[]" + typeName(t.Elem())
	case reflect.Map:
		return "map:" + typeName(t.Elem())
	case reflect.Struct:
		addStruct(t)
		return t.Name()
	}
	return t.Kind().String()
}

func addStruct(t reflect.Type) {
	if _, found := structs[t.Name()]; found {
		return
	}
	structs[t.Name()] = nil
	structs[t.Name()] = fields(t)
}

func fields(t reflect.Type) []field {
	var found []field
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "-" {
			continue
		}
		if name == "" && strings.Contains(options, "inline") || name == "" && f.Anonymous {
			found = append(found, fields(f.Type)...)
			continue
		}
		found = append(found, field{Name: name, Type: typeName(f.Type)})
	}
	return found
}

type flag struct {
	Type       string `json:"type"`
	Default    string `json:"default,omitempty"`
	Deprecated bool   `json:"deprecated,omitempty"`
	Shorthand  string `json:"shorthand,omitempty"`
}

func flags() map[string]flag {
	set := pflag.NewFlagSet("kubelet", pflag.ContinueOnError)
	set.SetNormalizeFunc(cliflag.WordSepNormalizeFunc)
	kubeletConfig, err := options.NewKubeletConfiguration()
	if err != nil {
		panic(err)
	}
	options.NewKubeletFlags().AddFlags(set)
	options.AddKubeletConfigFlags(set, kubeletConfig)
	found := map[string]flag{}
	set.VisitAll(func(f *pflag.Flag) {
		kind := f.Value.Type()
		switch value := f.Value.(type) {
		case *cliflag.MapStringString:
			if value.NoSplit {
				kind = "mapStringStringNoSplit"
			}
		case *cliflag.LangleSeparatedMapStringString:
			kind = "langleSeparatedMapStringString"
		case *cliflag.ConfigurationMap:
			kind = "configurationMap"
		}
		found[f.Name] = flag{Type: kind, Default: f.DefValue, Deprecated: f.Deprecated != "", Shorthand: f.Shorthand}
	})
	return found
}

type gate struct {
	Default bool   `json:"default"`
	Locked  bool   `json:"locked,omitempty"`
	Stage   string `json:"stage"`
}

func main() {
	if err := logsapi.AddFeatureGates(utilfeature.DefaultMutableFeatureGate); err != nil {
		panic(err)
	}
	gates := map[string]gate{}
	for name, spec := range utilfeature.DefaultMutableFeatureGate.GetAll() {
		stage := string(spec.PreRelease)
		if stage == "" {
			stage = "GA"
		}
		gates[string(name)] = gate{Default: spec.Default, Locked: spec.LockToDefault, Stage: stage}
	}
	settings := &config.KubeletConfiguration{}
	defaults.SetDefaults_KubeletConfiguration(settings)
	root := reflect.TypeOf(config.KubeletConfiguration{})
	addStruct(root)
	out := map[string]any{
		"defaults": settings, "types": structs, "flags": flags(), "gates": gates, "dependencies": map[string][]string{},
	}
	// Older versions have no dependencies between gates.
	method := reflect.ValueOf(utilfeature.DefaultMutableFeatureGate).MethodByName("Dependencies")
	if method.IsValid() {
		out["dependencies"] = method.Call(nil)[0].Interface()
	}
	if err := json.NewEncoder(os.Stdout).Encode(out); err != nil {
		panic(err)
	}
}
