PRAGMA application_id = 1383034948;
BEGIN TRANSACTION;
CREATE TABLE absence (
	member_id INTEGER NOT NULL, 
	kind VARCHAR(12) NOT NULL, 
	first DATE NOT NULL, 
	last DATE NOT NULL, 
	note VARCHAR NOT NULL, 
	id INTEGER NOT NULL, 
	CONSTRAINT pk_absence PRIMARY KEY (id), 
	CONSTRAINT fk_absence_member_id FOREIGN KEY(member_id) REFERENCES member (id) ON DELETE CASCADE
);
INSERT INTO "absence" VALUES(1,'vacation','2026-03-09','2026-03-13','',1);
CREATE TABLE action_series (
	title VARCHAR NOT NULL, 
	weekdays VARCHAR(13) NOT NULL, 
	first DATE NOT NULL, 
	until DATE, 
	member_id INTEGER, 
	metric VARCHAR(40) NOT NULL, 
	expected BIGINT, 
	start INTEGER, 
	minutes INTEGER NOT NULL, 
	note VARCHAR NOT NULL, 
	id INTEGER NOT NULL, 
	CONSTRAINT pk_action_series PRIMARY KEY (id), 
	CONSTRAINT fk_action_series_member_id FOREIGN KEY(member_id) REFERENCES member (id) ON DELETE CASCADE
);
INSERT INTO "action_series" VALUES('Планёрка','0,1,2,3,4','2026-03-09',NULL,NULL,'',NULL,NULL,30,'',1);
CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num));
INSERT INTO "alembic_version" VALUES('0002');
CREATE TABLE calendar_day (
	day DATE NOT NULL, 
	kind VARCHAR(10) NOT NULL, 
	note VARCHAR NOT NULL, 
	id INTEGER NOT NULL, 
	CONSTRAINT pk_calendar_day PRIMARY KEY (id), 
	CONSTRAINT uq_calendar_day_day UNIQUE (day)
);
CREATE TABLE call (
	origin VARCHAR(20) NOT NULL, 
	external_id VARCHAR NOT NULL, 
	member_id INTEGER NOT NULL, 
	day DATE NOT NULL, 
	at INTEGER, 
	direction VARCHAR(3) NOT NULL, 
	answered BOOLEAN NOT NULL, 
	wait INTEGER, 
	talk INTEGER, 
	rating INTEGER, 
	batch_id INTEGER NOT NULL, 
	line INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	CONSTRAINT pk_call PRIMARY KEY (id), 
	CONSTRAINT uq_call_origin_external_id UNIQUE (origin, external_id), 
	CONSTRAINT fk_call_member_id FOREIGN KEY(member_id) REFERENCES member (id), 
	CONSTRAINT fk_call_batch_id FOREIGN KEY(batch_id) REFERENCES import_batch (id)
);
CREATE TABLE change (
	id INTEGER NOT NULL, 
	operation_id INTEGER NOT NULL, 
	table_name VARCHAR(40) NOT NULL, 
	row_id BIGINT NOT NULL, 
	"before" VARCHAR, 
	"after" VARCHAR, 
	CONSTRAINT pk_change PRIMARY KEY (id), 
	CONSTRAINT fk_change_operation_id FOREIGN KEY(operation_id) REFERENCES operation (id) ON DELETE CASCADE
);
INSERT INTO "change" VALUES(1,1,'setting',1,NULL,'{"key":"company","value":"\"ООО «Проба»\"","id":1}');
INSERT INTO "change" VALUES(2,1,'setting',2,NULL,'{"key":"sales_head","value":"\"Соколова Анна\"","id":2}');
INSERT INTO "change" VALUES(3,2,'member',1,NULL,'{"name":"Петров Алексей","position":"Менеджер","hired":"2025-03-01","left":null,"deal_limit":40,"nobody":0,"id":1}');
INSERT INTO "change" VALUES(4,2,'member_alias',1,NULL,'{"member_id":1,"alias":"Петров Алексей","key":"алексей петров","id":1}');
INSERT INTO "change" VALUES(5,2,'member_alias',2,NULL,'{"member_id":1,"alias":"101","key":"101","id":2}');
INSERT INTO "change" VALUES(6,3,'member',2,NULL,'{"name":"Иванова Мария","position":"Менеджер","hired":"2025-03-01","left":null,"deal_limit":null,"nobody":0,"id":2}');
INSERT INTO "change" VALUES(7,3,'member_alias',3,NULL,'{"member_id":2,"alias":"Иванова Мария","key":"иванова мария","id":3}');
INSERT INTO "change" VALUES(8,4,'absence',1,NULL,'{"member_id":1,"kind":"vacation","first":"2026-03-09","last":"2026-03-13","note":"","id":1}');
INSERT INTO "change" VALUES(9,5,'plan',1,NULL,'{"month":"2026-03-01","version":1,"status":"draft","reason":"","method":"history","approved_by":"","approved_on":null,"id":1}');
INSERT INTO "change" VALUES(10,5,'plan_value',1,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":null,"value":10000000,"locked":1,"id":1}');
INSERT INTO "change" VALUES(11,5,'plan_value',2,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":2,"value":5526300,"locked":0,"id":2}');
INSERT INTO "change" VALUES(12,5,'plan_value',3,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":1,"value":4473700,"locked":0,"id":3}');
INSERT INTO "change" VALUES(13,5,'plan_day',1,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":2,"day":"2026-03-02","value":263200,"pinned":0,"id":1}');
INSERT INTO "change" VALUES(14,5,'plan_day',2,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":2,"day":"2026-03-03","value":263200,"pinned":0,"id":2}');
INSERT INTO "change" VALUES(15,5,'plan_day',3,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":2,"day":"2026-03-04","value":263200,"pinned":0,"id":3}');
INSERT INTO "change" VALUES(16,5,'plan_day',4,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":2,"day":"2026-03-05","value":263200,"pinned":0,"id":4}');
INSERT INTO "change" VALUES(17,5,'plan_day',5,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":2,"day":"2026-03-06","value":263200,"pinned":0,"id":5}');
INSERT INTO "change" VALUES(18,5,'plan_day',6,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":2,"day":"2026-03-10","value":263200,"pinned":0,"id":6}');
INSERT INTO "change" VALUES(19,5,'plan_day',7,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":2,"day":"2026-03-11","value":263200,"pinned":0,"id":7}');
INSERT INTO "change" VALUES(20,5,'plan_day',8,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":2,"day":"2026-03-12","value":263200,"pinned":0,"id":8}');
INSERT INTO "change" VALUES(21,5,'plan_day',9,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":2,"day":"2026-03-13","value":263200,"pinned":0,"id":9}');
INSERT INTO "change" VALUES(22,5,'plan_day',10,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":2,"day":"2026-03-16","value":263200,"pinned":0,"id":10}');
INSERT INTO "change" VALUES(23,5,'plan_day',11,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":2,"day":"2026-03-17","value":263200,"pinned":0,"id":11}');
INSERT INTO "change" VALUES(24,5,'plan_day',12,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":2,"day":"2026-03-18","value":263200,"pinned":0,"id":12}');
INSERT INTO "change" VALUES(25,5,'plan_day',13,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":2,"day":"2026-03-19","value":263100,"pinned":0,"id":13}');
INSERT INTO "change" VALUES(26,5,'plan_day',14,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":2,"day":"2026-03-20","value":263100,"pinned":0,"id":14}');
INSERT INTO "change" VALUES(27,5,'plan_day',15,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":2,"day":"2026-03-23","value":263100,"pinned":0,"id":15}');
INSERT INTO "change" VALUES(28,5,'plan_day',16,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":2,"day":"2026-03-24","value":263100,"pinned":0,"id":16}');
INSERT INTO "change" VALUES(29,5,'plan_day',17,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":2,"day":"2026-03-25","value":263100,"pinned":0,"id":17}');
INSERT INTO "change" VALUES(30,5,'plan_day',18,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":2,"day":"2026-03-26","value":263100,"pinned":0,"id":18}');
INSERT INTO "change" VALUES(31,5,'plan_day',19,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":2,"day":"2026-03-27","value":263100,"pinned":0,"id":19}');
INSERT INTO "change" VALUES(32,5,'plan_day',20,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":2,"day":"2026-03-30","value":263100,"pinned":0,"id":20}');
INSERT INTO "change" VALUES(33,5,'plan_day',21,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":2,"day":"2026-03-31","value":263100,"pinned":0,"id":21}');
INSERT INTO "change" VALUES(34,5,'plan_day',22,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":1,"day":"2026-03-02","value":263200,"pinned":0,"id":22}');
INSERT INTO "change" VALUES(35,5,'plan_day',23,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":1,"day":"2026-03-03","value":263200,"pinned":0,"id":23}');
INSERT INTO "change" VALUES(36,5,'plan_day',24,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":1,"day":"2026-03-04","value":263200,"pinned":0,"id":24}');
INSERT INTO "change" VALUES(37,5,'plan_day',25,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":1,"day":"2026-03-05","value":263200,"pinned":0,"id":25}');
INSERT INTO "change" VALUES(38,5,'plan_day',26,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":1,"day":"2026-03-06","value":263200,"pinned":0,"id":26}');
INSERT INTO "change" VALUES(39,5,'plan_day',27,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":1,"day":"2026-03-16","value":263200,"pinned":0,"id":27}');
INSERT INTO "change" VALUES(40,5,'plan_day',28,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":1,"day":"2026-03-17","value":263200,"pinned":0,"id":28}');
INSERT INTO "change" VALUES(41,5,'plan_day',29,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":1,"day":"2026-03-18","value":263200,"pinned":0,"id":29}');
INSERT INTO "change" VALUES(42,5,'plan_day',30,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":1,"day":"2026-03-19","value":263200,"pinned":0,"id":30}');
INSERT INTO "change" VALUES(43,5,'plan_day',31,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":1,"day":"2026-03-20","value":263200,"pinned":0,"id":31}');
INSERT INTO "change" VALUES(44,5,'plan_day',32,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":1,"day":"2026-03-23","value":263100,"pinned":0,"id":32}');
INSERT INTO "change" VALUES(45,5,'plan_day',33,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":1,"day":"2026-03-24","value":263100,"pinned":0,"id":33}');
INSERT INTO "change" VALUES(46,5,'plan_day',34,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":1,"day":"2026-03-25","value":263100,"pinned":0,"id":34}');
INSERT INTO "change" VALUES(47,5,'plan_day',35,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":1,"day":"2026-03-26","value":263100,"pinned":0,"id":35}');
INSERT INTO "change" VALUES(48,5,'plan_day',36,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":1,"day":"2026-03-27","value":263100,"pinned":0,"id":36}');
INSERT INTO "change" VALUES(49,5,'plan_day',37,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":1,"day":"2026-03-30","value":263100,"pinned":0,"id":37}');
INSERT INTO "change" VALUES(50,5,'plan_day',38,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":1,"day":"2026-03-31","value":263100,"pinned":0,"id":38}');
INSERT INTO "change" VALUES(51,5,'plan_day',39,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":null,"day":"2026-03-02","value":526400,"pinned":0,"id":39}');
INSERT INTO "change" VALUES(52,5,'plan_day',40,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":null,"day":"2026-03-03","value":526400,"pinned":0,"id":40}');
INSERT INTO "change" VALUES(53,5,'plan_day',41,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":null,"day":"2026-03-04","value":526400,"pinned":0,"id":41}');
INSERT INTO "change" VALUES(54,5,'plan_day',42,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":null,"day":"2026-03-05","value":526400,"pinned":0,"id":42}');
INSERT INTO "change" VALUES(55,5,'plan_day',43,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":null,"day":"2026-03-06","value":526400,"pinned":0,"id":43}');
INSERT INTO "change" VALUES(56,5,'plan_day',44,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":null,"day":"2026-03-10","value":263200,"pinned":0,"id":44}');
INSERT INTO "change" VALUES(57,5,'plan_day',45,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":null,"day":"2026-03-11","value":263200,"pinned":0,"id":45}');
INSERT INTO "change" VALUES(58,5,'plan_day',46,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":null,"day":"2026-03-12","value":263200,"pinned":0,"id":46}');
INSERT INTO "change" VALUES(59,5,'plan_day',47,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":null,"day":"2026-03-13","value":263200,"pinned":0,"id":47}');
INSERT INTO "change" VALUES(60,5,'plan_day',48,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":null,"day":"2026-03-16","value":526400,"pinned":0,"id":48}');
INSERT INTO "change" VALUES(61,5,'plan_day',49,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":null,"day":"2026-03-17","value":526400,"pinned":0,"id":49}');
INSERT INTO "change" VALUES(62,5,'plan_day',50,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":null,"day":"2026-03-18","value":526400,"pinned":0,"id":50}');
INSERT INTO "change" VALUES(63,5,'plan_day',51,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":null,"day":"2026-03-19","value":526300,"pinned":0,"id":51}');
INSERT INTO "change" VALUES(64,5,'plan_day',52,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":null,"day":"2026-03-20","value":526300,"pinned":0,"id":52}');
INSERT INTO "change" VALUES(65,5,'plan_day',53,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":null,"day":"2026-03-23","value":526200,"pinned":0,"id":53}');
INSERT INTO "change" VALUES(66,5,'plan_day',54,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":null,"day":"2026-03-24","value":526200,"pinned":0,"id":54}');
INSERT INTO "change" VALUES(67,5,'plan_day',55,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":null,"day":"2026-03-25","value":526200,"pinned":0,"id":55}');
INSERT INTO "change" VALUES(68,5,'plan_day',56,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":null,"day":"2026-03-26","value":526200,"pinned":0,"id":56}');
INSERT INTO "change" VALUES(69,5,'plan_day',57,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":null,"day":"2026-03-27","value":526200,"pinned":0,"id":57}');
INSERT INTO "change" VALUES(70,5,'plan_day',58,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":null,"day":"2026-03-30","value":526200,"pinned":0,"id":58}');
INSERT INTO "change" VALUES(71,5,'plan_day',59,NULL,'{"plan_id":1,"scenario":"standard","metric":"receipts","member_id":null,"day":"2026-03-31","value":526200,"pinned":0,"id":59}');
INSERT INTO "change" VALUES(72,6,'plan_value',4,NULL,'{"plan_id":1,"scenario":"standard","metric":"deals_won","member_id":null,"value":10,"locked":1,"id":4}');
INSERT INTO "change" VALUES(73,6,'plan_value',5,NULL,'{"plan_id":1,"scenario":"standard","metric":"deals_won","member_id":2,"value":6,"locked":0,"id":5}');
INSERT INTO "change" VALUES(74,6,'plan_value',6,NULL,'{"plan_id":1,"scenario":"standard","metric":"deals_won","member_id":1,"value":4,"locked":0,"id":6}');
INSERT INTO "change" VALUES(75,6,'plan_day',60,NULL,'{"plan_id":1,"scenario":"standard","metric":"deals_won","member_id":2,"day":"2026-03-02","value":1,"pinned":0,"id":60}');
INSERT INTO "change" VALUES(76,6,'plan_day',61,NULL,'{"plan_id":1,"scenario":"standard","metric":"deals_won","member_id":2,"day":"2026-03-03","value":1,"pinned":0,"id":61}');
INSERT INTO "change" VALUES(77,6,'plan_day',62,NULL,'{"plan_id":1,"scenario":"standard","metric":"deals_won","member_id":2,"day":"2026-03-04","value":1,"pinned":0,"id":62}');
INSERT INTO "change" VALUES(78,6,'plan_day',63,NULL,'{"plan_id":1,"scenario":"standard","metric":"deals_won","member_id":2,"day":"2026-03-05","value":1,"pinned":0,"id":63}');
INSERT INTO "change" VALUES(79,6,'plan_day',64,NULL,'{"plan_id":1,"scenario":"standard","metric":"deals_won","member_id":2,"day":"2026-03-06","value":1,"pinned":0,"id":64}');
INSERT INTO "change" VALUES(80,6,'plan_day',65,NULL,'{"plan_id":1,"scenario":"standard","metric":"deals_won","member_id":2,"day":"2026-03-10","value":1,"pinned":0,"id":65}');
INSERT INTO "change" VALUES(81,6,'plan_day',66,NULL,'{"plan_id":1,"scenario":"standard","metric":"deals_won","member_id":1,"day":"2026-03-02","value":1,"pinned":0,"id":66}');
INSERT INTO "change" VALUES(82,6,'plan_day',67,NULL,'{"plan_id":1,"scenario":"standard","metric":"deals_won","member_id":1,"day":"2026-03-03","value":1,"pinned":0,"id":67}');
INSERT INTO "change" VALUES(83,6,'plan_day',68,NULL,'{"plan_id":1,"scenario":"standard","metric":"deals_won","member_id":1,"day":"2026-03-04","value":1,"pinned":0,"id":68}');
INSERT INTO "change" VALUES(84,6,'plan_day',69,NULL,'{"plan_id":1,"scenario":"standard","metric":"deals_won","member_id":1,"day":"2026-03-05","value":1,"pinned":0,"id":69}');
INSERT INTO "change" VALUES(85,6,'plan_day',70,NULL,'{"plan_id":1,"scenario":"standard","metric":"deals_won","member_id":null,"day":"2026-03-02","value":2,"pinned":0,"id":70}');
INSERT INTO "change" VALUES(86,6,'plan_day',71,NULL,'{"plan_id":1,"scenario":"standard","metric":"deals_won","member_id":null,"day":"2026-03-03","value":2,"pinned":0,"id":71}');
INSERT INTO "change" VALUES(87,6,'plan_day',72,NULL,'{"plan_id":1,"scenario":"standard","metric":"deals_won","member_id":null,"day":"2026-03-04","value":2,"pinned":0,"id":72}');
INSERT INTO "change" VALUES(88,6,'plan_day',73,NULL,'{"plan_id":1,"scenario":"standard","metric":"deals_won","member_id":null,"day":"2026-03-05","value":2,"pinned":0,"id":73}');
INSERT INTO "change" VALUES(89,6,'plan_day',74,NULL,'{"plan_id":1,"scenario":"standard","metric":"deals_won","member_id":null,"day":"2026-03-06","value":1,"pinned":0,"id":74}');
INSERT INTO "change" VALUES(90,6,'plan_day',75,NULL,'{"plan_id":1,"scenario":"standard","metric":"deals_won","member_id":null,"day":"2026-03-10","value":1,"pinned":0,"id":75}');
INSERT INTO "change" VALUES(91,7,'plan',1,'{"month":"2026-03-01","version":1,"status":"draft","reason":"","method":"history","approved_by":"","approved_on":null,"id":1}','{"month":"2026-03-01","version":1,"status":"approved","reason":"","method":"history","approved_by":"Директор","approved_on":"2026-02-27","id":1}');
INSERT INTO "change" VALUES(92,8,'daily_value',1,NULL,'{"member_id":1,"metric":"receipts","day":"2026-03-04","derived":null,"imported":null,"entered":1234567,"reason":"","batch_id":null,"value":1234567,"id":1}');
INSERT INTO "change" VALUES(93,8,'daily_value',2,NULL,'{"member_id":2,"metric":"calls","day":"2026-03-04","derived":null,"imported":null,"entered":20,"reason":"","batch_id":null,"value":20,"id":2}');
INSERT INTO "change" VALUES(94,9,'mapping',1,NULL,'{"kind":"deals","headers_key":"bfe25a77afbf1b5ba95ad2f1496c32e2","spec":"{\"kind\": \"deals\", \"preset\": \"auto\", \"maps\": [\"id=id\", \"title=title\", \"owner=owner\", \"stage=stage\", \"amount=amount\", \"created=created\", \"closed=closed\"], \"won\": [\"Успешно реализовано\"], \"scenario\": \"standard\"}","id":1}');
INSERT INTO "change" VALUES(95,10,'investigation',1,NULL,'{"question":"Почему мало сделок?","metric":"deals_won","first":"2026-03-02","last":"2026-03-06","opened":"2026-03-09","kind":"problem","state":"open","source":"hand","source_key":"","notes":"","cause":"","decision":"","decided_on":null,"remeasure_on":null,"verdict":"","verdict_text":"","verdict_on":null,"before_value":null,"after_value":null,"id":1}');
INSERT INTO "change" VALUES(96,10,'investigation_member',1,NULL,'{"investigation_id":1,"member_id":1,"id":1}');
INSERT INTO "change" VALUES(97,11,'planned_action',1,NULL,'{"title":"Три разбора звонков","week":"2026-03-09","origin_week":"2026-03-09","day":"2026-03-11","start":null,"minutes":30,"member_id":2,"metric":"","expected":null,"state":"planned","done_on":null,"result":"","carried":0,"note":"","investigation_id":1,"series_id":null,"series_day":null,"id":1}');
INSERT INTO "change" VALUES(98,12,'action_series',1,NULL,'{"title":"Планёрка","weekdays":"0,1,2,3,4","first":"2026-03-09","until":null,"member_id":null,"metric":"","expected":null,"start":null,"minutes":30,"note":"","id":1}');
INSERT INTO "change" VALUES(99,13,'week_note',1,NULL,'{"week":"2026-03-09","text":"Дожать открытые счета","id":1}');
INSERT INTO "change" VALUES(100,14,'director_report',1,NULL,'{"kind":"week","start":"2026-03-09","state":"draft","result":"План недели выполнен","reasons":"","decisions":"","sent_on":null,"document_id":null,"id":1}');
CREATE TABLE channel_cost (
	month DATE NOT NULL, 
	source VARCHAR NOT NULL, 
	cost BIGINT NOT NULL, 
	note VARCHAR NOT NULL, 
	id INTEGER NOT NULL, 
	CONSTRAINT pk_channel_cost PRIMARY KEY (id), 
	CONSTRAINT uq_channel_cost_month_source UNIQUE (month, source)
);
CREATE TABLE daily_value (
	member_id INTEGER NOT NULL, 
	metric VARCHAR(40) NOT NULL, 
	day DATE NOT NULL, 
	derived BIGINT, 
	imported BIGINT, 
	entered BIGINT, 
	reason VARCHAR NOT NULL, 
	batch_id INTEGER, 
	value BIGINT NOT NULL, 
	id INTEGER NOT NULL, 
	CONSTRAINT pk_daily_value PRIMARY KEY (id), 
	CONSTRAINT uq_daily_value_member_id_metric_day UNIQUE (member_id, metric, day), 
	CONSTRAINT ck_daily_value_winner CHECK (value = coalesce(entered, imported, derived)), 
	CONSTRAINT fk_daily_value_member_id FOREIGN KEY(member_id) REFERENCES member (id) ON DELETE CASCADE, 
	CONSTRAINT fk_daily_value_batch_id FOREIGN KEY(batch_id) REFERENCES import_batch (id)
);
INSERT INTO "daily_value" VALUES(1,'receipts','2026-03-04',NULL,NULL,1234567,'',NULL,1234567,1);
INSERT INTO "daily_value" VALUES(2,'calls','2026-03-04',NULL,NULL,20,'',NULL,20,2);
INSERT INTO "daily_value" VALUES(1,'cycle_time','2026-03-05',3,NULL,NULL,'',NULL,3,3);
INSERT INTO "daily_value" VALUES(1,'deals_won','2026-03-05',1,NULL,NULL,'',NULL,1,4);
INSERT INTO "daily_value" VALUES(1,'inquiries','2026-03-02',1,NULL,NULL,'',NULL,1,5);
INSERT INTO "daily_value" VALUES(1,'receipts','2026-03-05',100050,NULL,NULL,'',NULL,100050,6);
INSERT INTO "daily_value" VALUES(2,'inquiries','2026-03-03',1,NULL,NULL,'',NULL,1,7);
INSERT INTO "daily_value" VALUES(1,'open_deals','2026-03-02',1,NULL,NULL,'',NULL,1,8);
INSERT INTO "daily_value" VALUES(1,'open_deals','2026-03-05',0,NULL,NULL,'',NULL,0,9);
INSERT INTO "daily_value" VALUES(2,'open_deals','2026-03-03',1,NULL,NULL,'',NULL,1,10);
CREATE TABLE deal (
	origin VARCHAR(20) NOT NULL, 
	external_id VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	member_id INTEGER NOT NULL, 
	stage VARCHAR NOT NULL, 
	status VARCHAR(4) NOT NULL, 
	amount BIGINT, 
	created DATE, 
	closed DATE, 
	source VARCHAR NOT NULL, 
	pipeline VARCHAR NOT NULL, 
	lost_reason VARCHAR NOT NULL, 
	batch_id INTEGER NOT NULL, 
	line INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	CONSTRAINT pk_deal PRIMARY KEY (id), 
	CONSTRAINT uq_deal_origin_external_id UNIQUE (origin, external_id), 
	CONSTRAINT fk_deal_member_id FOREIGN KEY(member_id) REFERENCES member (id), 
	CONSTRAINT fk_deal_batch_id FOREIGN KEY(batch_id) REFERENCES import_batch (id)
);
INSERT INTO "deal" VALUES('','1','A',1,'Успешно реализовано','won',100050,'2026-03-02','2026-03-05','','','',1,2,1);
INSERT INTO "deal" VALUES('','2','B',2,'Переговоры','open',50000,'2026-03-03',NULL,'','','',1,3,2);
CREATE TABLE director_report (
	kind VARCHAR(5) NOT NULL, 
	start DATE NOT NULL, 
	state VARCHAR(5) NOT NULL, 
	result VARCHAR NOT NULL, 
	reasons VARCHAR NOT NULL, 
	decisions VARCHAR NOT NULL, 
	sent_on DATE, 
	document_id INTEGER, 
	id INTEGER NOT NULL, 
	CONSTRAINT pk_director_report PRIMARY KEY (id), 
	CONSTRAINT uq_director_report_kind_start UNIQUE (kind, start), 
	CONSTRAINT fk_director_report_document_id FOREIGN KEY(document_id) REFERENCES document (id) ON DELETE SET NULL
);
INSERT INTO "director_report" VALUES('week','2026-03-09','draft','План недели выполнен','','',NULL,NULL,1);
CREATE TABLE director_request (
	report_id INTEGER NOT NULL, 
	text VARCHAR NOT NULL, 
	state VARCHAR(8) NOT NULL, 
	needed_by DATE, 
	answer VARCHAR NOT NULL, 
	answered_on DATE, 
	promised_for DATE, 
	done_on DATE, 
	id INTEGER NOT NULL, 
	CONSTRAINT pk_director_request PRIMARY KEY (id), 
	CONSTRAINT fk_director_request_report_id FOREIGN KEY(report_id) REFERENCES director_report (id) ON DELETE CASCADE
);
CREATE TABLE document (
	kind VARCHAR(20) NOT NULL, 
	period DATE NOT NULL, 
	title VARCHAR NOT NULL, 
	at VARCHAR(25) NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	pdf BLOB NOT NULL, 
	id INTEGER NOT NULL, 
	CONSTRAINT pk_document PRIMARY KEY (id)
);
CREATE TABLE export_day (
	batch_id INTEGER NOT NULL, 
	told_from DATE, 
	told_on DATE NOT NULL, 
	standing BLOB, 
	id INTEGER NOT NULL, 
	CONSTRAINT pk_export_day PRIMARY KEY (id), 
	CONSTRAINT uq_export_day_batch_id UNIQUE (batch_id), 
	CONSTRAINT fk_export_day_batch_id FOREIGN KEY(batch_id) REFERENCES import_batch (id)
);
INSERT INTO "export_day" VALUES(1,'2026-03-05','2026-03-10',NULL,1);
CREATE TABLE finding (
	investigation_id INTEGER, 
	text VARCHAR NOT NULL, 
	successful BOOLEAN NOT NULL, 
	noted_on DATE NOT NULL, 
	member_id INTEGER, 
	metric VARCHAR(40) NOT NULL, 
	proven BOOLEAN NOT NULL, 
	note VARCHAR NOT NULL, 
	id INTEGER NOT NULL, 
	CONSTRAINT pk_finding PRIMARY KEY (id), 
	CONSTRAINT fk_finding_investigation_id FOREIGN KEY(investigation_id) REFERENCES investigation (id) ON DELETE SET NULL, 
	CONSTRAINT fk_finding_member_id FOREIGN KEY(member_id) REFERENCES member (id) ON DELETE SET NULL
);
CREATE TABLE import_batch (
	kind VARCHAR(10) NOT NULL, 
	file_name VARCHAR NOT NULL, 
	operation_id INTEGER NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	size BIGINT NOT NULL, 
	at VARCHAR(25) NOT NULL, 
	who VARCHAR NOT NULL, 
	preset VARCHAR(20) NOT NULL, 
	encoding VARCHAR(20) NOT NULL, 
	delimiter VARCHAR(4) NOT NULL, 
	spec VARCHAR NOT NULL, 
	read INTEGER NOT NULL, 
	created INTEGER NOT NULL, 
	updated INTEGER NOT NULL, 
	unchanged INTEGER NOT NULL, 
	duplicates INTEGER NOT NULL, 
	rejected INTEGER NOT NULL, 
	rejections VARCHAR NOT NULL, 
	undone BOOLEAN NOT NULL, 
	undo_operation_id INTEGER, 
	redo_data BLOB, 
	id INTEGER NOT NULL, 
	CONSTRAINT pk_import_batch PRIMARY KEY (id), 
	CONSTRAINT fk_import_batch_operation_id FOREIGN KEY(operation_id) REFERENCES operation (id), 
	CONSTRAINT fk_import_batch_undo_operation_id FOREIGN KEY(undo_operation_id) REFERENCES operation (id)
);
INSERT INTO "import_batch" VALUES('deals','deals.csv',9,'6402e283ad0708ac0ba5d358e2226d233325c990575af4d444bdaf868c8ae964',210,'2026-11-22T03:39:54+00:00','Соколова Анна','','utf-8',';','{"kind": "deals", "preset": "auto", "maps": ["id=id", "title=title", "owner=owner", "stage=stage", "amount=amount", "created=created", "closed=closed"], "won": ["Успешно реализовано"], "scenario": "standard"}',2,2,0,0,0,0,'[]',0,NULL,NULL,1);
CREATE TABLE investigation (
	question VARCHAR NOT NULL, 
	metric VARCHAR(40) NOT NULL, 
	first DATE NOT NULL, 
	last DATE NOT NULL, 
	opened DATE NOT NULL, 
	kind VARCHAR(8) NOT NULL, 
	state VARCHAR(8) NOT NULL, 
	source VARCHAR(8) NOT NULL, 
	source_key VARCHAR NOT NULL, 
	notes VARCHAR NOT NULL, 
	cause VARCHAR NOT NULL, 
	decision VARCHAR NOT NULL, 
	decided_on DATE, 
	remeasure_on DATE, 
	verdict VARCHAR(12) NOT NULL, 
	verdict_text VARCHAR NOT NULL, 
	verdict_on DATE, 
	before_value BIGINT, 
	after_value BIGINT, 
	id INTEGER NOT NULL, 
	CONSTRAINT pk_investigation PRIMARY KEY (id)
);
INSERT INTO "investigation" VALUES('Почему мало сделок?','deals_won','2026-03-02','2026-03-06','2026-03-09','problem','open','hand','','','','',NULL,NULL,'','',NULL,NULL,NULL,1);
CREATE TABLE investigation_member (
	investigation_id INTEGER NOT NULL, 
	member_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	CONSTRAINT pk_investigation_member PRIMARY KEY (id), 
	CONSTRAINT uq_investigation_member_investigation_id_member_id UNIQUE (investigation_id, member_id), 
	CONSTRAINT fk_investigation_member_investigation_id FOREIGN KEY(investigation_id) REFERENCES investigation (id) ON DELETE CASCADE, 
	CONSTRAINT fk_investigation_member_member_id FOREIGN KEY(member_id) REFERENCES member (id) ON DELETE CASCADE
);
INSERT INTO "investigation_member" VALUES(1,1,1);
CREATE TABLE lead_agreement (
	month DATE NOT NULL, 
	source VARCHAR NOT NULL, 
	inquiries INTEGER, 
	accepted_share INTEGER, 
	criteria VARCHAR NOT NULL, 
	price_per_lead BIGINT, 
	first_contact INTEGER, 
	attempts INTEGER, 
	marketing_owes VARCHAR NOT NULL, 
	sales_owe VARCHAR NOT NULL, 
	state VARCHAR(8) NOT NULL, 
	agreed_on DATE, 
	marketing_head VARCHAR NOT NULL, 
	fact_first_contact INTEGER, 
	fact_attempts INTEGER, 
	conclusion VARCHAR NOT NULL, 
	corrections VARCHAR NOT NULL, 
	closed_on DATE, 
	closed_facts VARCHAR NOT NULL, 
	id INTEGER NOT NULL, 
	CONSTRAINT pk_lead_agreement PRIMARY KEY (id), 
	CONSTRAINT uq_lead_agreement_month_source UNIQUE (month, source)
);
CREATE TABLE lead_verdict (
	deal_id INTEGER NOT NULL, 
	verdict VARCHAR(8) NOT NULL, 
	decided_on DATE NOT NULL, 
	reason VARCHAR NOT NULL, 
	disputed_on DATE, 
	answer VARCHAR NOT NULL, 
	settled_on DATE, 
	id INTEGER NOT NULL, 
	CONSTRAINT pk_lead_verdict PRIMARY KEY (id), 
	CONSTRAINT uq_lead_verdict_deal_id UNIQUE (deal_id), 
	CONSTRAINT fk_lead_verdict_deal_id FOREIGN KEY(deal_id) REFERENCES deal (id) ON DELETE CASCADE
);
CREATE TABLE mapping (
	kind VARCHAR(10) NOT NULL, 
	headers_key VARCHAR(64) NOT NULL, 
	spec VARCHAR NOT NULL, 
	id INTEGER NOT NULL, 
	CONSTRAINT pk_mapping PRIMARY KEY (id), 
	CONSTRAINT uq_mapping_kind_headers_key UNIQUE (kind, headers_key)
);
INSERT INTO "mapping" VALUES('deals','bfe25a77afbf1b5ba95ad2f1496c32e2','{"kind": "deals", "preset": "auto", "maps": ["id=id", "title=title", "owner=owner", "stage=stage", "amount=amount", "created=created", "closed=closed"], "won": ["Успешно реализовано"], "scenario": "standard"}',1);
CREATE TABLE member (
	name VARCHAR NOT NULL, 
	position VARCHAR NOT NULL, 
	hired DATE, 
	"left" DATE, 
	deal_limit INTEGER, 
	nobody BOOLEAN NOT NULL, 
	id INTEGER NOT NULL, 
	CONSTRAINT pk_member PRIMARY KEY (id)
);
INSERT INTO "member" VALUES('Петров Алексей','Менеджер','2025-03-01',NULL,40,0,1);
INSERT INTO "member" VALUES('Иванова Мария','Менеджер','2025-03-01',NULL,NULL,0,2);
CREATE TABLE member_alias (
	member_id INTEGER NOT NULL, 
	alias VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	id INTEGER NOT NULL, 
	CONSTRAINT pk_member_alias PRIMARY KEY (id), 
	CONSTRAINT fk_member_alias_member_id FOREIGN KEY(member_id) REFERENCES member (id) ON DELETE CASCADE, 
	CONSTRAINT uq_member_alias_key UNIQUE ("key")
);
INSERT INTO "member_alias" VALUES(1,'Петров Алексей','алексей петров',1);
INSERT INTO "member_alias" VALUES(1,'101','101',2);
INSERT INTO "member_alias" VALUES(2,'Иванова Мария','иванова мария',3);
CREATE TABLE operation (
	id INTEGER NOT NULL, 
	label VARCHAR NOT NULL, 
	fields VARCHAR NOT NULL, 
	at VARCHAR(25) NOT NULL, 
	state VARCHAR(8) NOT NULL, 
	CONSTRAINT pk_operation PRIMARY KEY (id)
);
INSERT INTO "operation" VALUES(1,'Change settings','{}','2026-11-22T03:39:54+00:00','done');
INSERT INTO "operation" VALUES(2,'Add the member {name}','{"name": "Петров Алексей"}','2026-11-22T03:39:54+00:00','done');
INSERT INTO "operation" VALUES(3,'Add the member {name}','{"name": "Иванова Мария"}','2026-11-22T03:39:54+00:00','done');
INSERT INTO "operation" VALUES(4,'Absence of {name}','{"name": "Петров Алексей"}','2026-11-22T03:39:54+00:00','done');
INSERT INTO "operation" VALUES(5,'Set the plan of «{metric}» for {month}','{"metric": "Receipts", "month": "03.2026"}','2026-11-22T03:39:54+00:00','done');
INSERT INTO "operation" VALUES(6,'Set the plan of «{metric}» for {month}','{"metric": "Deals won", "month": "03.2026"}','2026-11-22T03:39:54+00:00','done');
INSERT INTO "operation" VALUES(7,'Approve the plan for {month}','{"month": "03.2026"}','2026-11-22T03:39:54+00:00','done');
INSERT INTO "operation" VALUES(8,'Enter facts of {day}','{"day": "2026-03-04"}','2026-11-22T03:39:54+00:00','done');
INSERT INTO "operation" VALUES(9,'Import deals from {file}','{"file": "deals.csv", "created": 2, "updated": 0}','2026-11-22T03:39:54+00:00','done');
INSERT INTO "operation" VALUES(10,'Open the investigation «{name}»','{"name": "Почему мало сделок?"}','2026-11-22T03:39:54+00:00','done');
INSERT INTO "operation" VALUES(11,'Plan the action «{title}»','{"title": "Три разбора звонков", "titles": "Три разбора звонков"}','2026-11-22T03:39:54+00:00','done');
INSERT INTO "operation" VALUES(12,'Recurring action «{title}»','{"title": "Планёрка"}','2026-11-22T03:39:54+00:00','done');
INSERT INTO "operation" VALUES(13,'Write the focus of the week of {day}','{"day": "2026-03-09"}','2026-11-22T03:39:54+00:00','done');
INSERT INTO "operation" VALUES(14,'Write in the report to the director for {day}','{"day": "2026-03-09"}','2026-11-22T03:39:54+00:00','done');
CREATE TABLE own_metric (
	code VARCHAR(40) NOT NULL, 
	name VARCHAR NOT NULL, 
	kind VARCHAR(8) NOT NULL, 
	unit VARCHAR(8) NOT NULL, 
	better VARCHAR(8) NOT NULL, 
	numerator VARCHAR(40), 
	denominator VARCHAR(40), 
	id INTEGER NOT NULL, 
	CONSTRAINT pk_own_metric PRIMARY KEY (id), 
	CONSTRAINT uq_own_metric_code UNIQUE (code)
);
CREATE TABLE "plan" (
	month DATE NOT NULL, 
	version INTEGER NOT NULL, 
	status VARCHAR(10) NOT NULL, 
	reason VARCHAR NOT NULL, 
	method VARCHAR(8) NOT NULL, 
	approved_by VARCHAR NOT NULL, 
	approved_on DATE, 
	id INTEGER NOT NULL, 
	CONSTRAINT pk_plan PRIMARY KEY (id), 
	CONSTRAINT uq_plan_month_version UNIQUE (month, version)
);
INSERT INTO "plan" VALUES('2026-03-01',1,'approved','','history','Директор','2026-02-27',1);
CREATE TABLE plan_day (
	plan_id INTEGER NOT NULL, 
	scenario VARCHAR(8) NOT NULL, 
	metric VARCHAR(40) NOT NULL, 
	member_id INTEGER, 
	day DATE NOT NULL, 
	value BIGINT NOT NULL, 
	pinned BOOLEAN NOT NULL, 
	id INTEGER NOT NULL, 
	CONSTRAINT pk_plan_day PRIMARY KEY (id), 
	CONSTRAINT fk_plan_day_plan_id FOREIGN KEY(plan_id) REFERENCES "plan" (id) ON DELETE CASCADE, 
	CONSTRAINT fk_plan_day_member_id FOREIGN KEY(member_id) REFERENCES member (id) ON DELETE CASCADE
);
INSERT INTO "plan_day" VALUES(1,'standard','receipts',2,'2026-03-02',263200,0,1);
INSERT INTO "plan_day" VALUES(1,'standard','receipts',2,'2026-03-03',263200,0,2);
INSERT INTO "plan_day" VALUES(1,'standard','receipts',2,'2026-03-04',263200,0,3);
INSERT INTO "plan_day" VALUES(1,'standard','receipts',2,'2026-03-05',263200,0,4);
INSERT INTO "plan_day" VALUES(1,'standard','receipts',2,'2026-03-06',263200,0,5);
INSERT INTO "plan_day" VALUES(1,'standard','receipts',2,'2026-03-10',263200,0,6);
INSERT INTO "plan_day" VALUES(1,'standard','receipts',2,'2026-03-11',263200,0,7);
INSERT INTO "plan_day" VALUES(1,'standard','receipts',2,'2026-03-12',263200,0,8);
INSERT INTO "plan_day" VALUES(1,'standard','receipts',2,'2026-03-13',263200,0,9);
INSERT INTO "plan_day" VALUES(1,'standard','receipts',2,'2026-03-16',263200,0,10);
INSERT INTO "plan_day" VALUES(1,'standard','receipts',2,'2026-03-17',263200,0,11);
INSERT INTO "plan_day" VALUES(1,'standard','receipts',2,'2026-03-18',263200,0,12);
INSERT INTO "plan_day" VALUES(1,'standard','receipts',2,'2026-03-19',263100,0,13);
INSERT INTO "plan_day" VALUES(1,'standard','receipts',2,'2026-03-20',263100,0,14);
INSERT INTO "plan_day" VALUES(1,'standard','receipts',2,'2026-03-23',263100,0,15);
INSERT INTO "plan_day" VALUES(1,'standard','receipts',2,'2026-03-24',263100,0,16);
INSERT INTO "plan_day" VALUES(1,'standard','receipts',2,'2026-03-25',263100,0,17);
INSERT INTO "plan_day" VALUES(1,'standard','receipts',2,'2026-03-26',263100,0,18);
INSERT INTO "plan_day" VALUES(1,'standard','receipts',2,'2026-03-27',263100,0,19);
INSERT INTO "plan_day" VALUES(1,'standard','receipts',2,'2026-03-30',263100,0,20);
INSERT INTO "plan_day" VALUES(1,'standard','receipts',2,'2026-03-31',263100,0,21);
INSERT INTO "plan_day" VALUES(1,'standard','receipts',1,'2026-03-02',263200,0,22);
INSERT INTO "plan_day" VALUES(1,'standard','receipts',1,'2026-03-03',263200,0,23);
INSERT INTO "plan_day" VALUES(1,'standard','receipts',1,'2026-03-04',263200,0,24);
INSERT INTO "plan_day" VALUES(1,'standard','receipts',1,'2026-03-05',263200,0,25);
INSERT INTO "plan_day" VALUES(1,'standard','receipts',1,'2026-03-06',263200,0,26);
INSERT INTO "plan_day" VALUES(1,'standard','receipts',1,'2026-03-16',263200,0,27);
INSERT INTO "plan_day" VALUES(1,'standard','receipts',1,'2026-03-17',263200,0,28);
INSERT INTO "plan_day" VALUES(1,'standard','receipts',1,'2026-03-18',263200,0,29);
INSERT INTO "plan_day" VALUES(1,'standard','receipts',1,'2026-03-19',263200,0,30);
INSERT INTO "plan_day" VALUES(1,'standard','receipts',1,'2026-03-20',263200,0,31);
INSERT INTO "plan_day" VALUES(1,'standard','receipts',1,'2026-03-23',263100,0,32);
INSERT INTO "plan_day" VALUES(1,'standard','receipts',1,'2026-03-24',263100,0,33);
INSERT INTO "plan_day" VALUES(1,'standard','receipts',1,'2026-03-25',263100,0,34);
INSERT INTO "plan_day" VALUES(1,'standard','receipts',1,'2026-03-26',263100,0,35);
INSERT INTO "plan_day" VALUES(1,'standard','receipts',1,'2026-03-27',263100,0,36);
INSERT INTO "plan_day" VALUES(1,'standard','receipts',1,'2026-03-30',263100,0,37);
INSERT INTO "plan_day" VALUES(1,'standard','receipts',1,'2026-03-31',263100,0,38);
INSERT INTO "plan_day" VALUES(1,'standard','receipts',NULL,'2026-03-02',526400,0,39);
INSERT INTO "plan_day" VALUES(1,'standard','receipts',NULL,'2026-03-03',526400,0,40);
INSERT INTO "plan_day" VALUES(1,'standard','receipts',NULL,'2026-03-04',526400,0,41);
INSERT INTO "plan_day" VALUES(1,'standard','receipts',NULL,'2026-03-05',526400,0,42);
INSERT INTO "plan_day" VALUES(1,'standard','receipts',NULL,'2026-03-06',526400,0,43);
INSERT INTO "plan_day" VALUES(1,'standard','receipts',NULL,'2026-03-10',263200,0,44);
INSERT INTO "plan_day" VALUES(1,'standard','receipts',NULL,'2026-03-11',263200,0,45);
INSERT INTO "plan_day" VALUES(1,'standard','receipts',NULL,'2026-03-12',263200,0,46);
INSERT INTO "plan_day" VALUES(1,'standard','receipts',NULL,'2026-03-13',263200,0,47);
INSERT INTO "plan_day" VALUES(1,'standard','receipts',NULL,'2026-03-16',526400,0,48);
INSERT INTO "plan_day" VALUES(1,'standard','receipts',NULL,'2026-03-17',526400,0,49);
INSERT INTO "plan_day" VALUES(1,'standard','receipts',NULL,'2026-03-18',526400,0,50);
INSERT INTO "plan_day" VALUES(1,'standard','receipts',NULL,'2026-03-19',526300,0,51);
INSERT INTO "plan_day" VALUES(1,'standard','receipts',NULL,'2026-03-20',526300,0,52);
INSERT INTO "plan_day" VALUES(1,'standard','receipts',NULL,'2026-03-23',526200,0,53);
INSERT INTO "plan_day" VALUES(1,'standard','receipts',NULL,'2026-03-24',526200,0,54);
INSERT INTO "plan_day" VALUES(1,'standard','receipts',NULL,'2026-03-25',526200,0,55);
INSERT INTO "plan_day" VALUES(1,'standard','receipts',NULL,'2026-03-26',526200,0,56);
INSERT INTO "plan_day" VALUES(1,'standard','receipts',NULL,'2026-03-27',526200,0,57);
INSERT INTO "plan_day" VALUES(1,'standard','receipts',NULL,'2026-03-30',526200,0,58);
INSERT INTO "plan_day" VALUES(1,'standard','receipts',NULL,'2026-03-31',526200,0,59);
INSERT INTO "plan_day" VALUES(1,'standard','deals_won',2,'2026-03-02',1,0,60);
INSERT INTO "plan_day" VALUES(1,'standard','deals_won',2,'2026-03-03',1,0,61);
INSERT INTO "plan_day" VALUES(1,'standard','deals_won',2,'2026-03-04',1,0,62);
INSERT INTO "plan_day" VALUES(1,'standard','deals_won',2,'2026-03-05',1,0,63);
INSERT INTO "plan_day" VALUES(1,'standard','deals_won',2,'2026-03-06',1,0,64);
INSERT INTO "plan_day" VALUES(1,'standard','deals_won',2,'2026-03-10',1,0,65);
INSERT INTO "plan_day" VALUES(1,'standard','deals_won',1,'2026-03-02',1,0,66);
INSERT INTO "plan_day" VALUES(1,'standard','deals_won',1,'2026-03-03',1,0,67);
INSERT INTO "plan_day" VALUES(1,'standard','deals_won',1,'2026-03-04',1,0,68);
INSERT INTO "plan_day" VALUES(1,'standard','deals_won',1,'2026-03-05',1,0,69);
INSERT INTO "plan_day" VALUES(1,'standard','deals_won',NULL,'2026-03-02',2,0,70);
INSERT INTO "plan_day" VALUES(1,'standard','deals_won',NULL,'2026-03-03',2,0,71);
INSERT INTO "plan_day" VALUES(1,'standard','deals_won',NULL,'2026-03-04',2,0,72);
INSERT INTO "plan_day" VALUES(1,'standard','deals_won',NULL,'2026-03-05',2,0,73);
INSERT INTO "plan_day" VALUES(1,'standard','deals_won',NULL,'2026-03-06',1,0,74);
INSERT INTO "plan_day" VALUES(1,'standard','deals_won',NULL,'2026-03-10',1,0,75);
CREATE TABLE plan_value (
	plan_id INTEGER NOT NULL, 
	scenario VARCHAR(8) NOT NULL, 
	metric VARCHAR(40) NOT NULL, 
	member_id INTEGER, 
	value BIGINT NOT NULL, 
	locked BOOLEAN NOT NULL, 
	id INTEGER NOT NULL, 
	CONSTRAINT pk_plan_value PRIMARY KEY (id), 
	CONSTRAINT fk_plan_value_plan_id FOREIGN KEY(plan_id) REFERENCES "plan" (id) ON DELETE CASCADE, 
	CONSTRAINT fk_plan_value_member_id FOREIGN KEY(member_id) REFERENCES member (id) ON DELETE CASCADE
);
INSERT INTO "plan_value" VALUES(1,'standard','receipts',NULL,10000000,1,1);
INSERT INTO "plan_value" VALUES(1,'standard','receipts',2,5526300,0,2);
INSERT INTO "plan_value" VALUES(1,'standard','receipts',1,4473700,0,3);
INSERT INTO "plan_value" VALUES(1,'standard','deals_won',NULL,10,1,4);
INSERT INTO "plan_value" VALUES(1,'standard','deals_won',2,6,0,5);
INSERT INTO "plan_value" VALUES(1,'standard','deals_won',1,4,0,6);
CREATE TABLE planned_action (
	title VARCHAR NOT NULL, 
	week DATE NOT NULL, 
	origin_week DATE NOT NULL, 
	day DATE, 
	start INTEGER, 
	minutes INTEGER NOT NULL, 
	member_id INTEGER, 
	metric VARCHAR(40) NOT NULL, 
	expected BIGINT, 
	state VARCHAR(8) NOT NULL, 
	done_on DATE, 
	result VARCHAR NOT NULL, 
	carried INTEGER NOT NULL, 
	note VARCHAR NOT NULL, 
	investigation_id INTEGER, 
	series_id INTEGER, 
	series_day DATE, 
	id INTEGER NOT NULL, 
	CONSTRAINT pk_planned_action PRIMARY KEY (id), 
	CONSTRAINT uq_planned_action_series_id_series_day UNIQUE (series_id, series_day), 
	CONSTRAINT fk_planned_action_member_id FOREIGN KEY(member_id) REFERENCES member (id) ON DELETE CASCADE, 
	CONSTRAINT fk_planned_action_investigation_id FOREIGN KEY(investigation_id) REFERENCES investigation (id) ON DELETE SET NULL, 
	CONSTRAINT fk_planned_action_series_id FOREIGN KEY(series_id) REFERENCES action_series (id) ON DELETE CASCADE
);
INSERT INTO "planned_action" VALUES('Три разбора звонков','2026-03-09','2026-03-09','2026-03-11',NULL,30,2,'',NULL,'planned',NULL,'',0,'',1,NULL,NULL,1);
CREATE TABLE promotion (
	title VARCHAR NOT NULL, 
	created DATE NOT NULL, 
	state VARCHAR(8) NOT NULL, 
	offer VARCHAR NOT NULL, 
	audience VARCHAR NOT NULL, 
	first DATE, 
	last DATE, 
	budget BIGINT, 
	spent BIGINT, 
	metric VARCHAR(40) NOT NULL, 
	expected BIGINT, 
	agreed_by VARCHAR NOT NULL, 
	agreed_on DATE, 
	conclusion VARCHAR NOT NULL, 
	concluded_on DATE, 
	id INTEGER NOT NULL, 
	CONSTRAINT pk_promotion PRIMARY KEY (id)
);
CREATE TABLE promotion_member (
	promotion_id INTEGER NOT NULL, 
	member_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	CONSTRAINT pk_promotion_member PRIMARY KEY (id), 
	CONSTRAINT uq_promotion_member_promotion_id_member_id UNIQUE (promotion_id, member_id), 
	CONSTRAINT fk_promotion_member_promotion_id FOREIGN KEY(promotion_id) REFERENCES promotion (id) ON DELETE CASCADE, 
	CONSTRAINT fk_promotion_member_member_id FOREIGN KEY(member_id) REFERENCES member (id) ON DELETE CASCADE
);
CREATE TABLE promotion_source (
	promotion_id INTEGER NOT NULL, 
	source VARCHAR NOT NULL, 
	id INTEGER NOT NULL, 
	CONSTRAINT pk_promotion_source PRIMARY KEY (id), 
	CONSTRAINT uq_promotion_source_promotion_id_source UNIQUE (promotion_id, source), 
	CONSTRAINT fk_promotion_source_promotion_id FOREIGN KEY(promotion_id) REFERENCES promotion (id) ON DELETE CASCADE
);
CREATE TABLE ramp_up (
	member_id INTEGER NOT NULL, 
	month DATE NOT NULL, 
	share INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	CONSTRAINT pk_ramp_up PRIMARY KEY (id), 
	CONSTRAINT uq_ramp_up_member_id_month UNIQUE (member_id, month), 
	CONSTRAINT fk_ramp_up_member_id FOREIGN KEY(member_id) REFERENCES member (id) ON DELETE CASCADE
);
CREATE TABLE rejection_reason (
	reason VARCHAR NOT NULL, 
	id INTEGER NOT NULL, 
	CONSTRAINT pk_rejection_reason PRIMARY KEY (id), 
	CONSTRAINT uq_rejection_reason_reason UNIQUE (reason)
);
CREATE TABLE report_comment (
	month DATE NOT NULL, 
	field VARCHAR(20) NOT NULL, 
	text VARCHAR NOT NULL, 
	id INTEGER NOT NULL, 
	CONSTRAINT pk_report_comment PRIMARY KEY (id), 
	CONSTRAINT uq_report_comment_month_field UNIQUE (month, field)
);
CREATE TABLE row_change (
	batch_id INTEGER NOT NULL, 
	table_name VARCHAR(12) NOT NULL, 
	row_id INTEGER NOT NULL, 
	"before" VARCHAR NOT NULL, 
	"after" VARCHAR NOT NULL, 
	id INTEGER NOT NULL, 
	CONSTRAINT pk_row_change PRIMARY KEY (id), 
	CONSTRAINT fk_row_change_batch_id FOREIGN KEY(batch_id) REFERENCES import_batch (id)
);
CREATE TABLE setting (
	"key" VARCHAR(60) NOT NULL, 
	value VARCHAR NOT NULL, 
	id INTEGER NOT NULL, 
	CONSTRAINT pk_setting PRIMARY KEY (id), 
	CONSTRAINT uq_setting_key UNIQUE ("key")
);
INSERT INTO "setting" VALUES('company','"ООО «Проба»"',1);
INSERT INTO "setting" VALUES('sales_head','"Соколова Анна"',2);
CREATE TABLE signal_mark (
	"key" VARCHAR NOT NULL, 
	state VARCHAR(10) NOT NULL, 
	marked_on DATE NOT NULL, 
	reason VARCHAR NOT NULL, 
	investigation_id INTEGER, 
	id INTEGER NOT NULL, 
	CONSTRAINT pk_signal_mark PRIMARY KEY (id), 
	CONSTRAINT uq_signal_mark_key UNIQUE ("key"), 
	CONSTRAINT fk_signal_mark_investigation_id FOREIGN KEY(investigation_id) REFERENCES investigation (id) ON DELETE CASCADE
);
CREATE TABLE stage (
	pipeline VARCHAR NOT NULL, 
	stage VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	norm_days INTEGER, 
	id INTEGER NOT NULL, 
	CONSTRAINT pk_stage PRIMARY KEY (id), 
	CONSTRAINT uq_stage_pipeline_stage UNIQUE (pipeline, stage)
);
CREATE TABLE stage_date (
	deal_id INTEGER NOT NULL, 
	pipeline VARCHAR NOT NULL, 
	stage VARCHAR NOT NULL, 
	day DATE NOT NULL, 
	exact BOOLEAN NOT NULL, 
	batch_id INTEGER NOT NULL, 
	not_before DATE, 
	id INTEGER NOT NULL, 
	CONSTRAINT pk_stage_date PRIMARY KEY (id), 
	CONSTRAINT uq_stage_date_deal_id_stage_day UNIQUE (deal_id, stage, day), 
	CONSTRAINT fk_stage_date_deal_id FOREIGN KEY(deal_id) REFERENCES deal (id) ON DELETE CASCADE, 
	CONSTRAINT fk_stage_date_batch_id FOREIGN KEY(batch_id) REFERENCES import_batch (id)
);
CREATE TABLE tool_trial (
	title VARCHAR NOT NULL, 
	first DATE NOT NULL, 
	why VARCHAR NOT NULL, 
	last DATE, 
	metric VARCHAR(40) NOT NULL, 
	cost BIGINT, 
	state VARCHAR(8) NOT NULL, 
	conclusion VARCHAR NOT NULL, 
	decided_on DATE, 
	id INTEGER NOT NULL, 
	CONSTRAINT pk_tool_trial PRIMARY KEY (id)
);
CREATE TABLE tool_trial_member (
	tool_trial_id INTEGER NOT NULL, 
	member_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	CONSTRAINT pk_tool_trial_member PRIMARY KEY (id), 
	CONSTRAINT uq_tool_trial_member_tool_trial_id_member_id UNIQUE (tool_trial_id, member_id), 
	CONSTRAINT fk_tool_trial_member_tool_trial_id FOREIGN KEY(tool_trial_id) REFERENCES tool_trial (id) ON DELETE CASCADE, 
	CONSTRAINT fk_tool_trial_member_member_id FOREIGN KEY(member_id) REFERENCES member (id) ON DELETE CASCADE
);
CREATE TABLE voice (
	kind VARCHAR(10) NOT NULL, 
	text VARCHAR NOT NULL, 
	product VARCHAR NOT NULL, 
	state VARCHAR(8) NOT NULL, 
	passed_to VARCHAR NOT NULL, 
	passed_on DATE, 
	answer VARCHAR NOT NULL, 
	answered_on DATE, 
	id INTEGER NOT NULL, 
	CONSTRAINT pk_voice PRIMARY KEY (id)
);
CREATE TABLE voice_mention (
	voice_id INTEGER NOT NULL, 
	day DATE NOT NULL, 
	source VARCHAR(10) NOT NULL, 
	customer VARCHAR NOT NULL, 
	quote VARCHAR NOT NULL, 
	member_id INTEGER, 
	deal_id INTEGER, 
	id INTEGER NOT NULL, 
	CONSTRAINT pk_voice_mention PRIMARY KEY (id), 
	CONSTRAINT fk_voice_mention_voice_id FOREIGN KEY(voice_id) REFERENCES voice (id) ON DELETE CASCADE, 
	CONSTRAINT fk_voice_mention_member_id FOREIGN KEY(member_id) REFERENCES member (id) ON DELETE SET NULL, 
	CONSTRAINT fk_voice_mention_deal_id FOREIGN KEY(deal_id) REFERENCES deal (id) ON DELETE SET NULL
);
CREATE TABLE week_note (
	week DATE NOT NULL, 
	text VARCHAR NOT NULL, 
	id INTEGER NOT NULL, 
	CONSTRAINT pk_week_note PRIMARY KEY (id), 
	CONSTRAINT uq_week_note_week UNIQUE (week)
);
INSERT INTO "week_note" VALUES('2026-03-09','Дожать открытые счета',1);
CREATE INDEX ix_operation_state ON operation (state);
CREATE INDEX ix_investigation_source_key ON investigation (source_key);
CREATE INDEX ix_investigation_state ON investigation (state);
CREATE INDEX ix_member_alias_member_id ON member_alias (member_id);
CREATE INDEX ix_absence_member_id_first ON absence (member_id, first);
CREATE INDEX ix_change_operation_id ON change (operation_id);
CREATE INDEX ix_change_table_name_row_id ON change (table_name, row_id);
CREATE UNIQUE INDEX uq_plan_value_cell ON plan_value (plan_id, scenario, metric, coalesce(member_id, 0));
CREATE INDEX ix_plan_day_cover ON plan_day (plan_id, scenario, day, metric, member_id, value);
CREATE UNIQUE INDEX uq_plan_day_cell ON plan_day (plan_id, scenario, metric, coalesce(member_id, 0), day);
CREATE INDEX ix_finding_investigation_id ON finding (investigation_id);
CREATE INDEX ix_deal_member_id_created ON deal (member_id, created);
CREATE INDEX ix_deal_member_id_closed ON deal (member_id, closed);
CREATE INDEX ix_deal_batch_id ON deal (batch_id);
CREATE INDEX ix_call_member_id_day ON call (member_id, day);
CREATE INDEX ix_call_batch_id ON call (batch_id);
CREATE INDEX ix_row_change_table_name_row_id ON row_change (table_name, row_id);
CREATE INDEX ix_row_change_batch_id ON row_change (batch_id);
CREATE INDEX ix_daily_value_day_metric_member_id_value ON daily_value (day, metric, member_id, value);
CREATE INDEX ix_daily_value_level ON daily_value (metric, member_id, day, value);
CREATE INDEX ix_director_request_report_id ON director_request (report_id);
CREATE INDEX ix_planned_action_investigation_id ON planned_action (investigation_id);
CREATE INDEX ix_planned_action_week ON planned_action (week);
CREATE INDEX ix_planned_action_state ON planned_action (state);
CREATE INDEX ix_planned_action_day ON planned_action (day);
CREATE INDEX ix_stage_date_batch_id ON stage_date (batch_id);
CREATE INDEX ix_stage_date_day ON stage_date (day);
CREATE INDEX ix_voice_mention_voice_id_day ON voice_mention (voice_id, day);
COMMIT;
