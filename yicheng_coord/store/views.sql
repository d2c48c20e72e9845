-- What lists read: facts only. Today, time left and status come with the query.

CREATE VIEW duty_list AS
SELECT
  duty.id, duty.rule, duty.rule_version, duty.kind, duty.days, duty.roll, duty.subject, duty.owed_by, duty.owed_to,
  duty.started_on, duty.started_at, duty.start_event, duty.assumed_start,
  duty.due_on, duty.due_at, duty.original_due_on, duty.provisional, duty.urgent, duty.urgent_on,
  duty.met_on, duty.cancelled_on, duty.cancel_reason,
  duty.extended_by, duty.met_at,
  CASE WHEN EXISTS (SELECT 1 FROM reminder_item WHERE duty_id = duty.id) THEN
    (SELECT json_group_array(json_object(
        'level', reminder.level, 'on', reminder.reminded_on,
        'ref', (SELECT 'P' || max(operation_id) FROM change
          WHERE table_name = 'reminder' AND row_id = reminder.id AND before IS NULL),
        'due_on', reminder_item.due_on, 'due_at', reminder_item.due_at,
        'assumed_start', reminder_item.assumed_start))
      FROM reminder_item JOIN reminder ON reminder.id = reminder_id WHERE duty_id = duty.id)
  END AS reminded,
  duty.case_id, case_file.number AS case_number, case_file.title AS case_title,
  duty.matter_id, matter.letter || matter.number AS matter_ref,
  CASE matter.secrecy WHEN 'commercial' THEN '（商业秘密）' WHEN 'privacy' THEN '（个人隐私）'
    ELSE matter.title END AS matter_title
FROM duty LEFT JOIN case_file ON case_file.id = duty.case_id
  LEFT JOIN matter ON matter.id = duty.matter_id;

CREATE VIEW transfer_list AS
SELECT
  transfer.*, case_file.number AS case_number, case_file.title AS case_title,
  case_file.status AS case_status, case_file.found_by AS first_sender,
  (SELECT max(decision.notified_on) FROM decision
    WHERE decision.case_id = transfer.case_id AND decision.decided_by = transfer.receiver
      AND transfer.answer IS 'accepted') AS notified_on
FROM transfer JOIN case_file ON case_file.id = transfer.case_id;
