-- phase: expand
-- What lies in the object store, the files made of it, and what uses them.

-- An object is known by its content: two files with the same bytes share it.
create table files.object (
    sha256 bytea primary key check (octet_length(sha256) = 32),
    byte_count int not null check (byte_count > 0),
    stored_at timestamptz not null
);

-- A picture as it is shown: turned upright, at most 2,048 pixels wide or high, and a small one for lists. source_sha256
-- is the hash of what was uploaded, so that the same upload gives the same file. free_since: nothing uses it since.
create table files.file (
    id uuid primary key,
    party_id uuid not null references identity.party (id),
    source_sha256 bytea not null check (octet_length(source_sha256) = 32),
    name text not null,
    width int not null check (width > 0),
    height int not null check (height > 0),
    full_sha256 bytea not null references files.object (sha256),
    small_sha256 bytea not null references files.object (sha256),
    added_at timestamptz not null,
    free_since timestamptz,
    unique (party_id, source_sha256)
);
create index file_free on files.file (free_since) where free_since is not null;
create index file_full on files.file (full_sha256);
create index file_small on files.file (small_sha256);

-- What uses a file, by the user's own word for it, such as ('picture', '17').
create table files.use (
    file_id uuid not null references files.file (id),
    kind text not null,
    object_id text not null,
    primary key (file_id, kind, object_id)
);
