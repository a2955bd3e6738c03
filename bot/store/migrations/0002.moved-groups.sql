-- Groups that became supergroups: the rules may name the old number for as long as nobody corrects them.
-- depends: 0001.first-tables

CREATE TABLE IF NOT EXISTS moved_groups (
    channel TEXT NOT NULL,
    old     INTEGER NOT NULL,
    new     INTEGER NOT NULL,
    PRIMARY KEY (channel, old)
);
