import { switchLanguage, useT } from "@lingqu/i18n";
import { Section } from "@lingqu/ui";
import { useQueryClient } from "@tanstack/react-query";
import { Form, Input, Select } from "antd";

import { EditForm } from "../../../lib/edit-form";
import { type Me, meQuery, useMe } from "../../../lib/me";
import { editMe } from "../api/edit-me";

interface Values {
  name: string;
  phone: string;
  email: string;
  language: "zh" | "en";
}

function valuesOf(me: Me): Values & { version: number } {
  const language = me.language === "en" ? "en" : "zh";
  return { name: me.name, phone: me.phone ?? "", email: me.email ?? "", language, version: me.version };
}

/** One's own record. */
export function AboutMe() {
  const { t } = useT("profile");
  const me = useMe();
  const queries = useQueryClient();
  const languages = [
    { value: "zh", label: t("languages.zh") },
    { value: "en", label: t("languages.en") },
  ];
  const reload = async () => valuesOf(await queries.query({ ...meQuery, staleTime: 0 }));
  return (
    <Section title={t("about")}>
      <EditForm<Values>
        record={valuesOf(me)}
        fields={[
          { name: "name", label: t("name") },
          { name: "phone", label: t("phone") },
          { name: "email", label: t("email") },
          {
            name: "language",
            label: t("language"),
            show: (value) => languages.find((language) => language.value === value)?.label,
          },
        ]}
        save={({ name, phone, email, language }, version) => editMe({ name, phone, email, language }, version)}
        reload={reload}
        onSaved={(values) => {
          void switchLanguage(values.language === "en" ? "en" : "zh-CN");
          void queries.invalidateQueries();
        }}
      >
        <Form.Item label={t("login")} htmlFor="my-login">
          <Input id="my-login" value={me.login} disabled />
        </Form.Item>
        <Form.Item name="name" label={t("name")} rules={[{ required: true, message: t("common:required") }]}>
          <Input autoComplete="name" maxLength={200} />
        </Form.Item>
        <Form.Item name="phone" label={t("phone")}>
          <Input type="tel" autoComplete="tel" maxLength={200} />
        </Form.Item>
        <Form.Item name="email" label={t("email")}>
          <Input type="email" autoComplete="email" maxLength={200} />
        </Form.Item>
        <Form.Item name="language" label={t("language")}>
          <Select options={languages} />
        </Form.Item>
      </EditForm>
    </Section>
  );
}
