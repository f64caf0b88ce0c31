import { ProblemError } from "@lingqu/api";
import { startTexts } from "@lingqu/i18n";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { App, Form, Input } from "antd";
import { afterEach, beforeAll, expect, test, vi } from "vitest";

import { EditForm } from "./edit-form";

interface Shop {
  name: string;
  phone: string;
}

function refusal(status: number, errors: { path: string; code: string; message: string }[] = []) {
  return new ProblemError({ type: "", title: "No", status, code: "test.no", trace_id: "t", errors });
}

function show(save: (values: Shop, version: number) => Promise<unknown>, theirs: Shop & { version: number }) {
  const onSaved = vi.fn();
  render(
    <QueryClientProvider client={new QueryClient()}>
      <App>
        <EditForm<Shop>
          record={{ name: "Old name", phone: "1", version: 3 }}
          fields={[
            { name: "name", label: "Name" },
            { name: "phone", label: "Phone" },
          ]}
          save={save}
          reload={() => Promise.resolve(theirs)}
          onSaved={onSaved}
        >
          <Form.Item name="name" label="Name">
            <Input />
          </Form.Item>
          <Form.Item name="phone" label="Phone">
            <Input />
          </Form.Item>
        </EditForm>
      </App>
    </QueryClientProvider>,
  );
  return onSaved;
}

function type(label: string, text: string): void {
  fireEvent.change(screen.getByLabelText(label), { target: { value: text } });
}

beforeAll(async () => {
  await startTexts("en");
});
afterEach(cleanup);

test("sends the version it was opened with", async () => {
  const save = vi.fn(() => Promise.resolve());
  const onSaved = show(save, { name: "", phone: "", version: 4 });
  type("Name", "New name");
  fireEvent.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => {
    expect(onSaved).toHaveBeenCalledOnce();
  });
  expect(save).toHaveBeenCalledWith({ name: "New name", phone: "1", version: 3 }, 3);
});

test("a stale edit shows both versions, keeps the input and saves over the newer one only when told", async () => {
  const save = vi.fn((_: Shop, version: number) => (version === 3 ? Promise.reject(refusal(412)) : Promise.resolve()));
  const onSaved = show(save, { name: "Their name", phone: "1", version: 7 });
  type("Name", "My name");
  fireEvent.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText("Somebody changed this")).toBeTruthy();
  expect(screen.getByText("Their name")).toBeTruthy();
  expect(screen.getByLabelText<HTMLInputElement>("Name").value).toBe("My name");
  expect(save).toHaveBeenCalledTimes(1);
  fireEvent.click(screen.getByRole("button", { name: "Overwrite with mine" }));
  await waitFor(() => {
    expect(onSaved).toHaveBeenCalledOnce();
  });
  expect(save.mock.lastCall?.[1]).toBe(7);
  expect(save.mock.lastCall?.[0].name).toBe("My name");
});

test("a refused field says so on the field", async () => {
  const save = () => Promise.reject(refusal(422, [{ path: "/phone", code: "format", message: "Not a phone number" }]));
  show(save, { name: "", phone: "", version: 4 });
  fireEvent.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => {
    const help = screen.getByLabelText("Phone").getAttribute("aria-describedby") ?? "";
    expect(document.getElementById(help)?.textContent).toBe("Not a phone number");
  });
  expect(screen.getAllByText("Not a phone number")).toHaveLength(1);
});
