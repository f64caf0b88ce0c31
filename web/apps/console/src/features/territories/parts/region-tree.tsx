import { useQuery, useQueryClient } from "@tanstack/react-query";
import { TreeSelect } from "antd";
import { useState } from "react";

import { useNames } from "../../../lib/names";
import { countriesQuery, regionsQuery } from "../api/territories";

interface Node {
  id: number;
  pId: number;
  value: number;
  title: string;
  isLeaf: boolean;
}

interface Props {
  id?: string;
  label?: string;
  isMany: boolean;
  value?: number[] | undefined;
  onChange?: (ids: number[]) => void;
}

/** Choose regions out of the tree of countries, provinces, prefectures and counties; each level is read when opened. */
export function RegionTree({ id, label, isMany, value = [], onChange }: Props) {
  const names = useNames();
  const queries = useQueryClient();
  const countries = useQuery(countriesQuery).data?.items ?? [];
  const [opened, setOpened] = useState<Node[]>([]);
  const roots: Node[] = countries.map((one) => ({
    id: one.id,
    pId: 0,
    value: one.id,
    title: names(one.name_zh, one.name_en),
    isLeaf: false,
  }));
  const load = async (parent: number) => {
    const { items } = await queries.query(regionsQuery(parent));
    const children = items.map((one) => ({
      id: one.id,
      pId: parent,
      value: one.id,
      title: names(one.name_zh, one.name_en),
      isLeaf: one.level === "county",
    }));
    setOpened((before) => [...before.filter((one) => one.pId !== parent), ...children]);
  };
  return (
    <TreeSelect<number | number[] | null>
      {...(id === undefined ? {} : { id })}
      {...(label === undefined ? {} : { "aria-label": label, placeholder: label, className: "lq-toolbar-filter" })}
      allowClear
      treeDataSimpleMode
      treeCheckable={isMany}
      multiple={isMany}
      showCheckedStrategy={TreeSelect.SHOW_PARENT}
      showSearch={{ treeNodeFilterProp: "title" }}
      popupMatchSelectWidth={isMany}
      treeData={[...roots, ...opened]}
      loadData={(node) => load(Number(node.value))}
      value={isMany ? value : (value[0] ?? null)}
      onChange={(chosen: number | number[] | null | undefined) => {
        onChange?.(chosen === null || chosen === undefined ? [] : Array.isArray(chosen) ? chosen : [chosen]);
      }}
    />
  );
}
