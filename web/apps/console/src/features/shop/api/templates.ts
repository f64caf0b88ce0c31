import { api, type components, match, type PagesQuery, take } from "@lingqu/api";

import type { Basket } from "./baskets";

export type Template = components["schemas"]["Template"];
export type TemplateContent = components["schemas"]["TemplateContent"];
export type NewTemplate = components["schemas"]["NewTemplate"];

export const templatesKey = ["templates"] as const;

const at = (id: string) => ({ template_id: id });

/** The lists that this organization keeps for one seller, the last saved first. */
export function templatesQuery(seller: number): PagesQuery<Template> {
  return {
    queryKey: [...templatesKey, seller],
    fetchPage: (cursor, signal) =>
      take(
        api.GET("/api/v1/templates", {
          params: { query: { seller_id: seller, ...(cursor === undefined ? {} : { cursor }) } },
          signal,
        }),
      ),
  };
}

export function readTemplate(id: string) {
  return take(api.GET("/api/v1/templates/{template_id}", { params: { path: at(id) } }));
}

/** Keep a list. The same key keeps it once. */
export function saveTemplate(body: NewTemplate, key: string) {
  return take(api.POST("/api/v1/templates", { body, params: { header: { "Idempotency-Key": key } } }));
}

export function replaceTemplate(id: string, body: TemplateContent, version: number) {
  return take(api.PUT("/api/v1/templates/{template_id}", { body, params: { path: at(id), header: match(version) } }));
}

export function deleteTemplate(id: string) {
  return take(api.DELETE("/api/v1/templates/{template_id}", { params: { path: at(id) } }));
}

export function restoreTemplate(id: string) {
  return take(api.POST("/api/v1/templates/{template_id}/restoration", { params: { path: at(id) } }));
}

/** What of a list can be ordered today, in its usual quantities. */
export function basketOfTemplate(id: string): Promise<Basket> {
  return take(api.POST("/api/v1/templates/{template_id}/basket", { params: { path: at(id) } }));
}
