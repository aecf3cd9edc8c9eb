package gradio

import (
	"net/http"
	"strconv"
)

// object is JSON.
type object = map[string]any

// serveConfig describes the app. Both clients read it first.
func (s *Server) serveConfig(w http.ResponseWriter, r *http.Request) {
	components, dependencies := s.components()
	layout := object{"id": 0, "children": []any{}}
	answer(w, http.StatusOK, object{
		"version": version, "api_prefix": prefix, "protocol": "sse_v3", "root": s.o.Root(r), "app_id": s.appID,
		"components": components, "dependencies": dependencies, "layout": layout,
		"page":  object{"": object{"components": ids(components), "dependencies": ids(dependencies), "layout": layout}},
		"pages": []any{[]any{"", "Home", true}}, "current_page": "",
		// true is the default of the JavaScript client, which then keeps what was
		// sent and what came back in the browser.
		"run_history":       false,
		"connect_heartbeat": false, "connection": "sse", "enable_queue": true, "max_file_size": s.o.MaxFile,
		"username": nil, "space_id": nil, "mode": "server", "title": s.o.Title,
		"dev_mode": false, "vibe_mode": false, "analytics_enabled": false, "css": nil, "js": nil, "head": nil,
		"is_space": false, "is_colab": false, "show_error": true, "theme": "default", "theme_hash": "",
		"stylesheets": []any{}, "footer_links": []any{}, "fill_height": false, "fill_width": false, "pwa": false,
		"mcp_server": false, "i18n_translations": nil,
	})
}

func ids(all []any) []any {
	out := make([]any, len(all))
	for i, one := range all {
		out[i] = one.(object)["id"]
	}
	return out
}

// components lists parameters and results as components, and endpoints as
// dependencies. The JavaScript client takes a dependency with the id 0 for none.
func (s *Server) components() (components, dependencies []any) {
	add := func(kind Kind, name string, value any) int {
		id := len(components) + 1
		props := object{"name": "api", "label": name}
		if value != nil {
			props["value"] = value
		}
		components = append(components, object{
			"id": id, "type": "api", "props": props, "skip_api": false, "component_class_id": "api", "key": nil,
			"api_info": schema(kind), "api_info_as_input": schema(kind), "api_info_as_output": schema(kind), "example_inputs": nil,
		})
		return id
	}
	for i := range s.o.Endpoints {
		e := &s.o.Endpoints[i]
		inputs := []int{}
		for _, p := range e.Params {
			var value any
			if p.Optional {
				value = p.Default
			}
			inputs = append(inputs, add(p.Kind, p.Name, value))
		}
		dependencies = append(dependencies, object{
			"id": i + 1, "targets": []any{}, "inputs": inputs, "outputs": []int{add(e.Returns, "result", nil)},
			"backend_fn": true, "js": nil, "queue": true, "api_name": e.Name, "api_description": e.Description,
			"api_visibility": "public", "types": object{"generator": false, "cancel": false}, "connection": "sse",
			"scroll_to_output": false, "show_progress": "hidden", "show_progress_on": nil, "batch": false, "max_batch_size": 4,
			"cancels": []any{}, "collects_event_data": false, "trigger_after": nil, "trigger_only_on_success": false,
			"trigger_only_on_failure": false, "trigger_mode": "multiple", "rendered_in": nil, "render_id": nil, "time_limit": nil,
			"stream_every": 0.5, "event_specific_args": nil, "component_prop_inputs": []any{}, "js_implementation": nil,
		})
	}
	return components, dependencies
}

// schema is the JSON schema of a kind.
func schema(k Kind) object {
	switch k {
	case Text:
		return object{"type": "string"}
	case Upload:
		return object{
			"title": "FileData", "type": "object", "required": []any{"path"},
			"properties": object{
				"path": object{"type": "string"}, "url": object{"type": "string"}, "size": object{"type": "integer"},
				"orig_name": object{"type": "string"}, "mime_type": object{"type": "string"},
				"is_stream": object{"type": "boolean", "default": false},
				"meta":      object{"type": "object", "properties": object{"_type": object{"const": "gradio.FileData"}}},
			},
		}
	}
	return object{"type": "object", "additionalProperties": object{}}
}

// pythonType names a kind to people who write Python.
func pythonType(k Kind) object {
	name := map[Kind]string{Text: "str", Upload: "filepath", JSON: "dict"}[k]
	return object{"type": name, "description": ""}
}

// serveInfo says how endpoints are called.
func (s *Server) serveInfo(w http.ResponseWriter, _ *http.Request) {
	named := object{}
	for _, e := range s.o.Endpoints {
		parameters := []any{}
		for _, p := range e.Params {
			one := object{
				"label": p.Name, "parameter_name": p.Name, "parameter_has_default": p.Optional, "parameter_default": nil,
				"type": schema(p.Kind), "python_type": pythonType(p.Kind), "component": "Api", "example_input": p.Example,
			}
			if p.Optional {
				one["parameter_default"] = p.Default
			}
			parameters = append(parameters, one)
		}
		named["/"+e.Name] = object{
			"parameters": parameters, "api_visibility": "public", "description": e.Description,
			"returns": []any{object{"label": "result", "type": schema(e.Returns), "python_type": pythonType(e.Returns), "component": "Api"}},
		}
	}
	answer(w, http.StatusOK, object{"named_endpoints": named, "unnamed_endpoints": object{}})
}

// serveOpenAPI describes call/v2.
func (s *Server) serveOpenAPI(w http.ResponseWriter, r *http.Request) {
	paths := object{}
	for _, e := range s.o.Endpoints {
		properties, required := object{}, []string{}
		for _, p := range e.Params {
			properties[p.Name] = schema(p.Kind)
			if !p.Optional {
				required = append(required, p.Name)
			}
		}
		accepted := object{"type": "object", "properties": object{"event_id": object{"type": "string"}}}
		paths[prefix+"/call/v2/"+e.Name] = object{"post": object{
			"operationId": e.Name, "description": e.Description,
			"requestBody": object{"required": true, "content": jsonContent(object{"type": "object", "properties": properties, "required": required})},
			"responses":   object{strconv.Itoa(http.StatusOK): object{"description": "The call is in the queue.", "content": jsonContent(accepted)}},
		}}
	}
	answer(w, http.StatusOK, object{
		"openapi": "3.1.0", "info": object{"title": s.o.Title, "version": version},
		"servers": []any{object{"url": s.o.Root(r)}}, "paths": paths,
	})
}

func jsonContent(schema object) object { return object{"application/json": object{"schema": schema}} }

func (s *Server) serveAppID(w http.ResponseWriter, _ *http.Request) {
	answer(w, http.StatusOK, object{"app_id": s.appID})
}
