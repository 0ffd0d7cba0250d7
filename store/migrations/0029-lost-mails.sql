-- What a colleague's mail server has refused is looked for whenever somebody asks what stands still.

CREATE INDEX mails_refused ON mails (settled_at) WHERE state = 'refused';
